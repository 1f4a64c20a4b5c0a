/** The port of one interface: made with its addresses, and removed. */
@NullMarked
package io.vmrestore.executor.step.createport;

import org.jspecify.annotations.NullMarked;
