/** Tests of the survey, against the simulated cloud. */
@NullMarked
package io.vmrestore.survey;

import org.jspecify.annotations.NullMarked;
