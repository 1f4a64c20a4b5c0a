/** The one source of time and the one of chance, so that both can be brought by whoever runs the product. */
@NullMarked
package io.vmrestore.common.time;

import org.jspecify.annotations.NullMarked;
