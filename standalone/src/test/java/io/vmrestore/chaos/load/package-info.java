@NullMarked
package io.vmrestore.chaos.load;

import org.jspecify.annotations.NullMarked;
