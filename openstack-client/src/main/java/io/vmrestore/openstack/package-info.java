/** Entry to an OpenStack cloud: who acts, and in which project. */
@NullMarked
package io.vmrestore.openstack;

import org.jspecify.annotations.NullMarked;
