/** The wizard in the browser: serves its files. */
@NullMarked
package io.vmrestore.gateway.wizard;

import org.jspecify.annotations.NullMarked;
