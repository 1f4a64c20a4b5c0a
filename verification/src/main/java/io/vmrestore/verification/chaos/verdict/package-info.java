/** Compares what was promised with the event topic, the tables, the REST interface and the cloud. */
@NullMarked
package io.vmrestore.verification.chaos.verdict;

import org.jspecify.annotations.NullMarked;
