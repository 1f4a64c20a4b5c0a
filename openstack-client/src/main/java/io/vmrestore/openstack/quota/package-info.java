/** A project's quotas, in one form for all services. */
@NullMarked
package io.vmrestore.openstack.quota;

import org.jspecify.annotations.NullMarked;
