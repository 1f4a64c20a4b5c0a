@NullMarked
package io.vmrestore.verification.chaos;

import org.jspecify.annotations.NullMarked;
