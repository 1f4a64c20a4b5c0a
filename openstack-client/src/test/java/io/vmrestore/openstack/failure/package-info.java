/** What failures mean. */
@NullMarked
package io.vmrestore.openstack.failure;

import org.jspecify.annotations.NullMarked;
