@NullMarked
package io.vmrestore.status.rebuild;

import org.jspecify.annotations.NullMarked;
