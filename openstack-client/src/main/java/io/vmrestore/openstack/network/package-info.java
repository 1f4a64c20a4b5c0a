/** Neutron: ports and what they are made of, and their quota. */
@NullMarked
package io.vmrestore.openstack.network;

import org.jspecify.annotations.NullMarked;
