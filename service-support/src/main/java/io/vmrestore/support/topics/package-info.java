/** The topics: how they are made, and when they are there. */
@NullMarked
package io.vmrestore.support.topics;

import org.jspecify.annotations.NullMarked;
