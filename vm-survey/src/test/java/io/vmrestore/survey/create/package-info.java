/** Tests of what create calls ask for. */
@NullMarked
package io.vmrestore.survey.create;

import org.jspecify.annotations.NullMarked;
