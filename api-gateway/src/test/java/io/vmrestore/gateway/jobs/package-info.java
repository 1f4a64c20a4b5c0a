@NullMarked
package io.vmrestore.gateway.jobs;

import org.jspecify.annotations.NullMarked;
