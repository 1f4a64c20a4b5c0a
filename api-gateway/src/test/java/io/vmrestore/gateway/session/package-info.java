@NullMarked
package io.vmrestore.gateway.session;

import org.jspecify.annotations.NullMarked;
