/** Text from outside as it may be stored and shown. */
@NullMarked
package io.vmrestore.common.text;

import org.jspecify.annotations.NullMarked;
