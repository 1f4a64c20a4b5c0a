/** Who is asking, and what that person may do: login through Keystone, tokens, permissions. */
@NullMarked
package io.vmrestore.gateway.access;

import org.jspecify.annotations.NullMarked;
