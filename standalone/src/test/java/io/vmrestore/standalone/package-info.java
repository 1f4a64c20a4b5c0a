/** End-to-end tests: the whole pipeline over REST, compared with the truth in the simulated cloud. */
@NullMarked
package io.vmrestore.standalone;

import org.jspecify.annotations.NullMarked;
