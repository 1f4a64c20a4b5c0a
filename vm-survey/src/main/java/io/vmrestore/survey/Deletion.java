package io.vmrestore.survey;

/** What became of a deletion that was asked for; see {@link Absence}. */
public sealed interface Deletion {

    /** The service has taken it up; it takes its time. */
    record Accepted() implements Deletion {}

    /** There is nothing to delete. */
    record NothingThere(String evidence) implements Deletion {}

    /** The service says that there is nothing, and that is contradicted: nothing was deleted. */
    record Refused(String reason) implements Deletion {}
}
