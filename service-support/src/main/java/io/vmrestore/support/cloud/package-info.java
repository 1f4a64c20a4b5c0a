/** The connection to the cloud. */
@NullMarked
package io.vmrestore.support.cloud;

import org.jspecify.annotations.NullMarked;
