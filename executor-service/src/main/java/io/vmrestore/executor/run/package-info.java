/** What happens around a step: decoding, waiting, heartbeats, failures and the publishing of its outcome. */
@NullMarked
package io.vmrestore.executor.run;

import org.jspecify.annotations.NullMarked;
