/** Where counters are read: in clients and broker over JMX, over HTTP, in the database, in the log, from the system. */
@NullMarked
package io.vmrestore.verification.benchmarks.readings;

import org.jspecify.annotations.NullMarked;
