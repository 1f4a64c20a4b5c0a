/** Collections that are described instead of programmed: their fields, their permissions, their words. */
@NullMarked
package io.vmrestore.simulator.web.kind;

import org.jspecify.annotations.NullMarked;
