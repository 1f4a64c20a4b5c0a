package io.vmrestore.common.contract;

/**
 * Where the sealed text of a job lies in {@link Topics#SECRETS}. The job's id is its key there; partition and offset
 * find it without a search as long as compaction has kept that very record.
 */
public record SecretAddress(int partition, long offset) {}
