/** What an operator does when something does not get on: stuck jobs, dead letters, status tables that are wrong. */
@NullMarked
package io.vmrestore.gateway.recovery;

import org.jspecify.annotations.NullMarked;
