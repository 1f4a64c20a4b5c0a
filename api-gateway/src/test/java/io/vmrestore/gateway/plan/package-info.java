@NullMarked
package io.vmrestore.gateway.plan;

import org.jspecify.annotations.NullMarked;
