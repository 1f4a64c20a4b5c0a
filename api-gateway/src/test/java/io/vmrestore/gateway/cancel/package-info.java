@NullMarked
package io.vmrestore.gateway.cancel;

import org.jspecify.annotations.NullMarked;
