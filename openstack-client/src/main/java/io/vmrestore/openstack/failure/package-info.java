/** What the cloud refused or never answered, by what may be done about it. */
@NullMarked
package io.vmrestore.openstack.failure;

import org.jspecify.annotations.NullMarked;
