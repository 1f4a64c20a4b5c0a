@NullMarked
package io.vmrestore.status.access;

import org.jspecify.annotations.NullMarked;
