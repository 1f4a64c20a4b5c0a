/** Signing in with a name and password, and who one is. */
@NullMarked
package io.vmrestore.gateway.session;

import org.jspecify.annotations.NullMarked;
