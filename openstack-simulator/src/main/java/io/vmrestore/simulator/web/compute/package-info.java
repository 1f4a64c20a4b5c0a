/** Nova's compute API v2.1 to microversion 2.93. */
@NullMarked
package io.vmrestore.simulator.web.compute;

import org.jspecify.annotations.NullMarked;
