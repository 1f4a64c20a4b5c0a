/** Encrypts what must never be readable in an event, a table or a log. */
@NullMarked
package io.vmrestore.common.seal;

import org.jspecify.annotations.NullMarked;
