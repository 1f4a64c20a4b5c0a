/** Networks, subnets, ports and security groups, as Neutron rules them. */
@NullMarked
package io.vmrestore.simulator.cloud.network;

import org.jspecify.annotations.NullMarked;
