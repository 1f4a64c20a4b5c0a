@NullMarked
package io.vmrestore.verification.soak;

import org.jspecify.annotations.NullMarked;
