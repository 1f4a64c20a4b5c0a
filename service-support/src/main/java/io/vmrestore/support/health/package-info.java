/** Whether the work of a service gets on. */
@NullMarked
package io.vmrestore.support.health;

import org.jspecify.annotations.NullMarked;
