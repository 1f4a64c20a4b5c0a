/** Reads the event topic, applies every event to the state of its restore and stores it together with the offsets. */
@NullMarked
package io.vmrestore.status.fold;

import org.jspecify.annotations.NullMarked;
