@NullMarked
package io.vmrestore.gateway.inventory;

import org.jspecify.annotations.NullMarked;
