/** The services behind the gateway: their interfaces, called on behalf of the caller, and what their failures mean. */
@NullMarked
package io.vmrestore.gateway.upstream;

import org.jspecify.annotations.NullMarked;
