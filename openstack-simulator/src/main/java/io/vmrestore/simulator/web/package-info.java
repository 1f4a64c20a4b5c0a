/** The HTTP shape of the simulated services: what they have in common. */
@NullMarked
package io.vmrestore.simulator.web;

import org.jspecify.annotations.NullMarked;
