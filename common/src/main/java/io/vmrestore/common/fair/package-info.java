/** Sharing what is limited, so that whoever is slow slows nobody else. */
@NullMarked
package io.vmrestore.common.fair;

import org.jspecify.annotations.NullMarked;
