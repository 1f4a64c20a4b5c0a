@NullMarked
package io.vmrestore.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
