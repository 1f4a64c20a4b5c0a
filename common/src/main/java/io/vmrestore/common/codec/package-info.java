/** Translates events and commands to Kafka records and back: CloudEvents 1.0, binary binding, JSON data. */
@NullMarked
package io.vmrestore.common.codec;

import org.jspecify.annotations.NullMarked;
