package io.vmrestore.support.api;

import java.util.List;

/**
 * All projects that the configured identity may list, by name.
 *
 * @param projects those that cannot be restored as well, each with the reason
 */
public record ProjectList(List<ProjectSummary> projects) {}
