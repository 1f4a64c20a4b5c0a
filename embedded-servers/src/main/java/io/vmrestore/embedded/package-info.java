/** A Kafka broker and a PostgreSQL server that this JVM starts, keeps on disk and stops. */
@NullMarked
package io.vmrestore.embedded;

import org.jspecify.annotations.NullMarked;
