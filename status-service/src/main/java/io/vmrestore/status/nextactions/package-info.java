/** What is left for a person to do after a restore has ended. */
@NullMarked
package io.vmrestore.status.nextactions;

import org.jspecify.annotations.NullMarked;
