@NullMarked
package io.vmrestore.executor.publish;

import org.jspecify.annotations.NullMarked;
