/** The last look at what the plan was computed from. */
@NullMarked
package io.vmrestore.executor.step.validate;

import org.jspecify.annotations.NullMarked;
