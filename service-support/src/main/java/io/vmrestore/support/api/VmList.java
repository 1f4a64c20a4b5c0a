package io.vmrestore.support.api;

import java.util.List;

/** The VMs of a project, by name. */
public record VmList(Reference project, List<VmSummary> vms) {}
