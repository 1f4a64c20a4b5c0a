@NullMarked
package io.vmrestore.planner.audit;

import org.jspecify.annotations.NullMarked;
