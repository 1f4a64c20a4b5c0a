@NullMarked
package io.vmrestore.verification;

import org.jspecify.annotations.NullMarked;
