@NullMarked
package io.vmrestore.chaos;

import org.jspecify.annotations.NullMarked;
