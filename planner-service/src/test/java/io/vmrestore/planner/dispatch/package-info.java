/** Tests of dispatch. */
@NullMarked
package io.vmrestore.planner.dispatch;

import org.jspecify.annotations.NullMarked;
