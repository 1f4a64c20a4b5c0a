/** The wizard in the browser: serves its files. */
@NullMarked
package io.vmrestore.gateway.pages;

import org.jspecify.annotations.NullMarked;
