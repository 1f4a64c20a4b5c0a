/** What every part of the cloud stands on: rows, time, limits and refusals. */
@NullMarked
package io.vmrestore.simulator.engine;

import org.jspecify.annotations.NullMarked;
