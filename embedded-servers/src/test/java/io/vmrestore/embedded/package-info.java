/** Tests of the embedded servers, with real processes that are killed. */
@NullMarked
package io.vmrestore.embedded;

import org.jspecify.annotations.NullMarked;
