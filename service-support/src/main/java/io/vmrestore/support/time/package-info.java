/** The time and the chance that a service goes by. */
@NullMarked
package io.vmrestore.support.time;

import org.jspecify.annotations.NullMarked;
