/** A running gateway and stand-ins for the services that it asks. */
@NullMarked
package io.vmrestore.gateway.testing;

import org.jspecify.annotations.NullMarked;
