/** What goes wrong, when and where: a schedule that follows from a seed, and its execution. */
@NullMarked
package io.vmrestore.verification.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
