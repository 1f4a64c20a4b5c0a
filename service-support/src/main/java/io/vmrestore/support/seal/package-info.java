/** The key that seals texts in events. */
@NullMarked
package io.vmrestore.support.seal;

import org.jspecify.annotations.NullMarked;
