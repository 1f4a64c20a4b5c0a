/** What a person types: up, demo, down. */
@NullMarked
package io.vmrestore.standalone.cli;

import org.jspecify.annotations.NullMarked;
