/** Events to Kafka, each acknowledged by the broker before a client hears of it. */
@NullMarked
package io.vmrestore.gateway.publish;

import org.jspecify.annotations.NullMarked;
