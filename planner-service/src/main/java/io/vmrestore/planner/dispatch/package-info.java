/** Follows every restore's events and publishes what comes next: one Kafka Streams processor around the pure core. */
@NullMarked
package io.vmrestore.planner.dispatch;

import org.jspecify.annotations.NullMarked;
