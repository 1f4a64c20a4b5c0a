/** The HTTP front of the restore system: authentication, permissions, validation, requests to Kafka, reads of jobs. */
@NullMarked
package io.vmrestore.gateway;

import org.jspecify.annotations.NullMarked;
