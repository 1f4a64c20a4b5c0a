/** Neutron's network API v2.0. */
@NullMarked
package io.vmrestore.simulator.web.network;

import org.jspecify.annotations.NullMarked;
