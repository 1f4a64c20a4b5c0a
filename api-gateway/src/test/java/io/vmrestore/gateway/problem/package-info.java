@NullMarked
package io.vmrestore.gateway.problem;

import org.jspecify.annotations.NullMarked;
