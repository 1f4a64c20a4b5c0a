/** Tests of requests. */
@NullMarked
package io.vmrestore.status.requests;

import org.jspecify.annotations.NullMarked;
