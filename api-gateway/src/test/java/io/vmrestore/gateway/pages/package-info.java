@NullMarked
package io.vmrestore.gateway.pages;

import org.jspecify.annotations.NullMarked;
