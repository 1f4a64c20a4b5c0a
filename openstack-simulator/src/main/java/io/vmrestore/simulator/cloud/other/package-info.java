/** Resources that the cloud keeps as they were sent and does nothing with. */
@NullMarked
package io.vmrestore.simulator.cloud.other;

import org.jspecify.annotations.NullMarked;
