/** HTTP to the services behind the gateway, on behalf of the caller. */
@NullMarked
package io.vmrestore.gateway.upstream;

import org.jspecify.annotations.NullMarked;
