/** The one way to the cloud: connection, tokens, versions, request ids, errors and timers of every request. */
@NullMarked
package io.vmrestore.openstack.transport;

import org.jspecify.annotations.NullMarked;
