/** Projects, users, roles and tokens, as Keystone rules them. */
@NullMarked
package io.vmrestore.simulator.cloud.identity;

import org.jspecify.annotations.NullMarked;
