/** Folds all tables anew from the topic beside those in use, and swaps them. */
@NullMarked
package io.vmrestore.status.rebuild;

import org.jspecify.annotations.NullMarked;
