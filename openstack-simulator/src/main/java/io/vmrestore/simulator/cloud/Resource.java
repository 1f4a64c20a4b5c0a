package io.vmrestore.simulator.cloud;

/** Anything the cloud keeps; immutable, replaced as a whole. */
public interface Resource {
    String id();
}
