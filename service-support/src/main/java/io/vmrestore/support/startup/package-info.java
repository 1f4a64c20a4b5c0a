/** How a service starts beside a broker or a database that is away. */
@NullMarked
package io.vmrestore.support.startup;

import org.jspecify.annotations.NullMarked;
