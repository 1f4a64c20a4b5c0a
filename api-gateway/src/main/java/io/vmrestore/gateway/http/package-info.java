/** What every endpoint needs: problem details, request ids, and the strict reading of what clients send. */
@NullMarked
package io.vmrestore.gateway.http;

import org.jspecify.annotations.NullMarked;
