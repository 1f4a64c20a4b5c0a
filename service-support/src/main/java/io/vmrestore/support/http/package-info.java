/** Event loops and HTTP clients. */
@NullMarked
package io.vmrestore.support.http;

import org.jspecify.annotations.NullMarked;
