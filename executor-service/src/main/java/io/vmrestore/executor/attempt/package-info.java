/** The life of one attempt at a step: what it knows, how it is stopped, what it tells and how it ends. */
@NullMarked
package io.vmrestore.executor.attempt;

import org.jspecify.annotations.NullMarked;
