/** Nova: servers, flavors, key pairs, server groups and their quota. */
@NullMarked
package io.vmrestore.openstack.compute;

import org.jspecify.annotations.NullMarked;
