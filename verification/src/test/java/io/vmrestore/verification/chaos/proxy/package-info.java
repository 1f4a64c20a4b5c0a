@NullMarked
package io.vmrestore.verification.chaos.proxy;

import org.jspecify.annotations.NullMarked;
