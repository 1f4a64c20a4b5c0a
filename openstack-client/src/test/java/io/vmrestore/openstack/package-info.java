/** The client against genuine answers, replayed by a small local server, and against the simulator. */
@NullMarked
package io.vmrestore.openstack;

import org.jspecify.annotations.NullMarked;
