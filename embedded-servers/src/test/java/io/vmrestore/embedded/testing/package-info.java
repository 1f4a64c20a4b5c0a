/** The fixture that every module's tests share: a real Kafka broker and a real PostgreSQL server. */
@NullMarked
package io.vmrestore.embedded.testing;

import org.jspecify.annotations.NullMarked;
