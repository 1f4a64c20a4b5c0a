@NullMarked
package io.vmrestore.chaos.proxy;

import org.jspecify.annotations.NullMarked;
