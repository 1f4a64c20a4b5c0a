/** The restored server: made from its volume and ports, and removed. */
@NullMarked
package io.vmrestore.executor.step.createserver;

import org.jspecify.annotations.NullMarked;
