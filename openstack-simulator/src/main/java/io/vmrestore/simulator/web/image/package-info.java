/** The few calls of Glance's image API v2 that command line clients make. */
@NullMarked
package io.vmrestore.simulator.web.image;

import org.jspecify.annotations.NullMarked;
