/** What the create calls of a restore will ask for, and whether the cloud will accept it. */
@NullMarked
package io.vmrestore.survey.create;

import org.jspecify.annotations.NullMarked;
