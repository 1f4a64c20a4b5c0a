/** Waiting for the cloud without asking once per waiting step. */
@NullMarked
package io.vmrestore.executor.poll;

import org.jspecify.annotations.NullMarked;
