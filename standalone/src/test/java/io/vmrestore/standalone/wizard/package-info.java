/** The wizard in a real browser, on the real system. */
@NullMarked
package io.vmrestore.standalone.wizard;

import org.jspecify.annotations.NullMarked;
