@NullMarked
package io.vmrestore.verification.chaos.load;

import org.jspecify.annotations.NullMarked;
