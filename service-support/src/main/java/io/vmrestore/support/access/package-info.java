/** Roles and permissions, the same for every service that answers a person's request. */
@NullMarked
package io.vmrestore.support.access;

import org.jspecify.annotations.NullMarked;
