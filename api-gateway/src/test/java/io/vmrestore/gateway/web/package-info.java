@NullMarked
package io.vmrestore.gateway.web;

import org.jspecify.annotations.NullMarked;
