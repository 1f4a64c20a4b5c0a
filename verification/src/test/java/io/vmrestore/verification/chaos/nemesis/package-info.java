@NullMarked
package io.vmrestore.verification.chaos.nemesis;

import org.jspecify.annotations.NullMarked;
