package io.vmrestore.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done with one record. */
@FunctionalInterface
public interface Handler {

    /**
     * Works on one record, on a virtual thread of its own; records run in no order, not even those of one key.
     * Returning means that the outcome is published and acknowledged: the record is done. Interrupted when the record's
     * partition goes to another member or the intake closes: then stop, and publish no outcome.
     *
     * @param assignment tells whether the record is still ours; ask {@link Assignment#requireCurrent()} right before
     *     publishing
     * @throws Exception if the record could not be finished; it is offered again after a pause, for as long as its
     *     partition is ours
     */
    void handle(ConsumerRecord<String, byte[]> record, Assignment assignment) throws Exception;
}
