/** When to try again what has failed. */
@NullMarked
package io.vmrestore.common.retry;

import org.jspecify.annotations.NullMarked;
