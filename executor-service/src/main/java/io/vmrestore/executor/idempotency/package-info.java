/** What makes a step safe to repeat: the mark on everything made, and the one of two that stays. */
@NullMarked
package io.vmrestore.executor.idempotency;

import org.jspecify.annotations.NullMarked;
