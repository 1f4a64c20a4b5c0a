@NullMarked
package io.vmrestore.cli;

import org.jspecify.annotations.NullMarked;
