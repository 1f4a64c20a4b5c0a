/** What an operator does when something does not get on: dead letters, and status tables that are wrong. */
@NullMarked
package io.vmrestore.gateway.operations;

import org.jspecify.annotations.NullMarked;
