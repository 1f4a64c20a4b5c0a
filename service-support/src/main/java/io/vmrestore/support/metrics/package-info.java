/** How meters are made. */
@NullMarked
package io.vmrestore.support.metrics;

import org.jspecify.annotations.NullMarked;
