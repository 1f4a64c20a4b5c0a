/** Tests of what errors are told as. */
@org.jspecify.annotations.NullMarked
package io.vmrestore.status.problem;
