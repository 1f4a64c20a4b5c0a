/** The original server of a replacement: deleted, and waited for until it is gone. */
@NullMarked
package io.vmrestore.executor.step.deleteserver;

import org.jspecify.annotations.NullMarked;
