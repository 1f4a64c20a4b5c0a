/**
 * Takes records of a Kafka topic in, thousands at once: one thread polls, every record has a virtual thread of its own.
 */
@NullMarked
package io.vmrestore.intake;

import org.jspecify.annotations.NullMarked;
