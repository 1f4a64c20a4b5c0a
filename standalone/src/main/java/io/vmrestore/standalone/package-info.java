/** The whole product in one JVM, and the command line that starts, stops and shows it. */
@NullMarked
package io.vmrestore.standalone;

import org.jspecify.annotations.NullMarked;
