@NullMarked
package io.vmrestore.gateway.recovery;

import org.jspecify.annotations.NullMarked;
