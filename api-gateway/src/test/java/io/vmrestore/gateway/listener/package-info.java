@NullMarked
package io.vmrestore.gateway.listener;

import org.jspecify.annotations.NullMarked;
