/** The metrics of all modules. */
@NullMarked
package io.vmrestore.common.metrics;

import org.jspecify.annotations.NullMarked;
