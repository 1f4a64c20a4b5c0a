/** The simulator's own pages: health and faults on demand. */
@NullMarked
package io.vmrestore.simulator.web.admin;

import org.jspecify.annotations.NullMarked;
