package io.vmrestore.status.store;

import java.util.List;

/**
 * Some events of a restore, in their order.
 *
 * @param last whether no event will ever follow: the restore has ended, and this page ends with its last event
 * @param more whether more events are there by now
 */
public record EventPage(List<JobEvent> events, boolean last, boolean more) {}
