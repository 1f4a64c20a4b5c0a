@NullMarked
package io.vmrestore.gateway.access;

import org.jspecify.annotations.NullMarked;
