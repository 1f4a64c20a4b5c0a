/** Starts broker, database, simulator and the four services in one JVM, each only if the environment names no other. */
@NullMarked
package io.vmrestore.standalone.server;

import org.jspecify.annotations.NullMarked;
