@NullMarked
package io.vmrestore.gateway.requests;

import org.jspecify.annotations.NullMarked;
