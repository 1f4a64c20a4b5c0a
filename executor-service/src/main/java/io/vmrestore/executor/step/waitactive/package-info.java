/** Waiting until the restored server is ACTIVE. */
@NullMarked
package io.vmrestore.executor.step.waitactive;

import org.jspecify.annotations.NullMarked;
