@NullMarked
package io.vmrestore.gateway.publish;

import org.jspecify.annotations.NullMarked;
