/** The tables: how the state of a restore becomes rows and rows become the state again. */
@NullMarked
package io.vmrestore.status.store;

import org.jspecify.annotations.NullMarked;
