package io.vmrestore.openstack.transport;

import org.jspecify.annotations.Nullable;

/**
 * Where and how a service's API is spoken.
 *
 * @param base beginning of every request's URL, with version and, where the service wants it, project; without slash
 * @param version value of {@code OpenStack-API-Version}; null for none
 * @param root what the base was found from, the same for all projects
 */
record Api(String base, @Nullable String version, ApiRoot root) {}
