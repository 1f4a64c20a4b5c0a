/** Takes requests in: what a repeated one stands for, and whether there is room for another restore. */
@NullMarked
package io.vmrestore.status.requests;

import org.jspecify.annotations.NullMarked;
