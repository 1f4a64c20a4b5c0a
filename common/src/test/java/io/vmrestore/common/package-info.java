/** What the tests of this module share. */
@NullMarked
package io.vmrestore.common;

import org.jspecify.annotations.NullMarked;
