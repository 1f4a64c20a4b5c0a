@NullMarked
package io.vmrestore.chaos.verdict;

import org.jspecify.annotations.NullMarked;
