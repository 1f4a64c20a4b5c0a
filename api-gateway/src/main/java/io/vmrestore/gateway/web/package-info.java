/** The HTTP endpoints, one controller for each subject, and the strict reading of what clients send. */
@NullMarked
package io.vmrestore.gateway.web;

import org.jspecify.annotations.NullMarked;
