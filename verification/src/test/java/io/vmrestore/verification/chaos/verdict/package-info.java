@NullMarked
package io.vmrestore.verification.chaos.verdict;

import org.jspecify.annotations.NullMarked;
