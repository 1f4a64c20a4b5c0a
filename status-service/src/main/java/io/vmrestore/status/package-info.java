/** The status service: folds the event topic into PostgreSQL and answers what is known of every restore. */
@NullMarked
package io.vmrestore.status;

import org.jspecify.annotations.NullMarked;
