/** Commands over REST: what an operator types, how she signs in, and how every command answers. */
@NullMarked
package io.vmrestore.cli;

import org.jspecify.annotations.NullMarked;
