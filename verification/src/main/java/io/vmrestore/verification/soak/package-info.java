/** Thousands of connections that do not behave, from processes of their own, while a restore has to complete. */
@NullMarked
package io.vmrestore.verification.soak;

import org.jspecify.annotations.NullMarked;
