/** What the tests of this service share: restores to fold, and the running service. */
@NullMarked
package io.vmrestore.status.testing;

import org.jspecify.annotations.NullMarked;
