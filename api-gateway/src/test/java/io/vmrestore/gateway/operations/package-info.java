@NullMarked
package io.vmrestore.gateway.operations;

import org.jspecify.annotations.NullMarked;
