/** The original's user_data: where it is kept sealed, and the one place that opens it. */
@NullMarked
package io.vmrestore.executor.userdata;

import org.jspecify.annotations.NullMarked;
