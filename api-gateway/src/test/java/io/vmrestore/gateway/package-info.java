@NullMarked
package io.vmrestore.gateway;

import org.jspecify.annotations.NullMarked;
