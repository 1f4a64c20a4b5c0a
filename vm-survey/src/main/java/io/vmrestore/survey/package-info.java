/**
 * Reads a VM, its snapshot and its networks and says it in the words of the contract: planning and validation share it.
 */
@NullMarked
package io.vmrestore.survey;

import org.jspecify.annotations.NullMarked;
