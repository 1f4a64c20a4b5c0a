@NullMarked
package io.vmrestore.gateway.wizard;

import org.jspecify.annotations.NullMarked;
