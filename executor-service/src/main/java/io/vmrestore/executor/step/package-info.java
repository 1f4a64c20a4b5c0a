/** What each step of a restore does; one class per action. */
@NullMarked
package io.vmrestore.executor.step;

import org.jspecify.annotations.NullMarked;
