/** Entry to an OpenStack cloud: who acts, in which project, and how the cloud's refusals are told. */
@NullMarked
package io.vmrestore.openstack;

import org.jspecify.annotations.NullMarked;
