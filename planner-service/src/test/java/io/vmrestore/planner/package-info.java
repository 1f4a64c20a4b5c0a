/** Tests of the planner service as a whole, and what the tests of its parts share. */
@NullMarked
package io.vmrestore.planner;

import org.jspecify.annotations.NullMarked;
