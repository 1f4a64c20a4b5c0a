package io.vmrestore.simulator.web;

/** One call of an API; runs alone on the cloud and refuses by {@link io.vmrestore.simulator.engine.Refused}. */
@FunctionalInterface
public interface Endpoint {
    Answer handle(Call call);
}
