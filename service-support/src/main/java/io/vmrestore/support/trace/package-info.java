/** The request id that joins a client's call, our log lines and those of OpenStack. */
@NullMarked
package io.vmrestore.support.trace;

import org.jspecify.annotations.NullMarked;
