/** What judges the product and is no part of it: nothing outside this package knows it. */
@NullMarked
package io.vmrestore.verification;

import org.jspecify.annotations.NullMarked;
