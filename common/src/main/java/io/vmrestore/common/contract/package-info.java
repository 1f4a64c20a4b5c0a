/** The words that services exchange: events, commands, the plan and the topics they travel on. */
@NullMarked
package io.vmrestore.common.contract;

import org.jspecify.annotations.NullMarked;
