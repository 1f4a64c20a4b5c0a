/** Tests of claims. */
@NullMarked
package io.vmrestore.status.claim;

import org.jspecify.annotations.NullMarked;
