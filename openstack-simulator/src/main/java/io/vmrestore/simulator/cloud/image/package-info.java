/** Glance, as far as servers and volumes are made of its images. */
@NullMarked
package io.vmrestore.simulator.cloud.image;

import org.jspecify.annotations.NullMarked;
