/** Keystone's identity API v3. */
@NullMarked
package io.vmrestore.simulator.web.identity;

import org.jspecify.annotations.NullMarked;
