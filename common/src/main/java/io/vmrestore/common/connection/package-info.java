/** What goes wrong on the way to another server, in words. */
@NullMarked
package io.vmrestore.common.connection;

import org.jspecify.annotations.NullMarked;
