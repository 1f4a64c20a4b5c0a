package io.vmrestore.support.api;

import java.util.List;

/** The addresses of one interface of a VM, v4 and v6. */
public record VmAddresses(String network, String macAddress, List<String> fixedIps, List<String> floatingIps) {}
