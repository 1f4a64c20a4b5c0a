/** What is in a new simulated cloud, and further servers for loads. */
@NullMarked
package io.vmrestore.simulator.sample;

import org.jspecify.annotations.NullMarked;
