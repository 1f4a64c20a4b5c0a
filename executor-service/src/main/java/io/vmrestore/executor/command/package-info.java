/** What comes from Kafka: commands, stops, and the answers that were given before. */
@NullMarked
package io.vmrestore.executor.command;

import org.jspecify.annotations.NullMarked;
