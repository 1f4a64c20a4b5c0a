@NullMarked
package io.vmrestore.status.nextactions;

import org.jspecify.annotations.NullMarked;
