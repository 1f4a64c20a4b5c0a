package io.vmrestore.common.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a VM boots from; only one that boots from a volume can be restored. */
public enum BootMode {
    @JsonProperty("volume")
    VOLUME,
    @JsonProperty("image")
    IMAGE
}
