/** The service that carries restore steps out against the cloud. */
@NullMarked
package io.vmrestore.executor;

import org.jspecify.annotations.NullMarked;
