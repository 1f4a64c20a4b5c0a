@NullMarked
package io.vmrestore.verification.benchmarks;

import org.jspecify.annotations.NullMarked;
