@NullMarked
package io.vmrestore.gateway.http;

import org.jspecify.annotations.NullMarked;
