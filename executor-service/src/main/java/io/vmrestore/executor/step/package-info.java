/** What a step is, and the one that is found for an action; each kind has a package of its own. */
@NullMarked
package io.vmrestore.executor.step;

import org.jspecify.annotations.NullMarked;
