/** The internal HTTP interface: lists of restores, one restore, and waiting for a restore to change. */
@NullMarked
package io.vmrestore.status.query;

import org.jspecify.annotations.NullMarked;
