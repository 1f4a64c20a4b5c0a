/** How many restores may be at work at once. */
@NullMarked
package io.vmrestore.gateway.limit;

import org.jspecify.annotations.NullMarked;
