/** Tests of the inventory. */
@NullMarked
package io.vmrestore.planner.inventory;

import org.jspecify.annotations.NullMarked;
