/**
 * What every listener of a service has in common, in front of any application: limits of connections, of time and of
 * size, and answers to what no application gets to see.
 */
@NullMarked
package io.vmrestore.support.listener;

import org.jspecify.annotations.NullMarked;
