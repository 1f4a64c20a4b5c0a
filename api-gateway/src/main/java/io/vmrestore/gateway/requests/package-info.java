/** The door for requests: what a repeated one stands for, and how many restores may be at work at once. */
@NullMarked
package io.vmrestore.gateway.requests;

import org.jspecify.annotations.NullMarked;
