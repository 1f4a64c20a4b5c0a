/**
 * How the services ask each other over HTTP: one interface and its records for both sides. Paths and names of fields
 * are those of the release before as well, because services are replaced one after the other.
 */
@NullMarked
package io.vmrestore.support.api;

import org.jspecify.annotations.NullMarked;
