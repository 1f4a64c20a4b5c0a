/** Remembers requests that clients may repeat under an Idempotency-Key. */
@NullMarked
package io.vmrestore.status.claim;

import org.jspecify.annotations.NullMarked;
