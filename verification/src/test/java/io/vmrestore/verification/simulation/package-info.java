/** The deterministic simulation: real services, a simulated world, one seed. See docs/simulation.md. */
@NullMarked
package io.vmrestore.verification.simulation;

import org.jspecify.annotations.NullMarked;
