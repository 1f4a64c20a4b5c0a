@NullMarked
package io.vmrestore.common.text;

import org.jspecify.annotations.NullMarked;
