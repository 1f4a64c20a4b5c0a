/** {@code ./restore chaos}: the whole system as processes under continuous faults, judged against the cloud. */
@NullMarked
package io.vmrestore.verification.chaos;

import org.jspecify.annotations.NullMarked;
