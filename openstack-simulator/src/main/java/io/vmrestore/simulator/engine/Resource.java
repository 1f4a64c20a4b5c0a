package io.vmrestore.simulator.engine;

/** Anything the cloud keeps; immutable, replaced as a whole. */
public interface Resource {
    String id();
}
