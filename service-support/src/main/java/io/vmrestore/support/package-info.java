/** What the four services share. */
@NullMarked
package io.vmrestore.support;

import org.jspecify.annotations.NullMarked;
