/** Each part of the system as a process of its own. */
@NullMarked
package io.vmrestore.verification.processes;

import org.jspecify.annotations.NullMarked;
