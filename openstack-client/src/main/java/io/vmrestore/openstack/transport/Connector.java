package io.vmrestore.openstack.transport;

import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

/**
 * openstack4j's way to the network, found by {@link java.util.ServiceLoader}. Its stock connectors open a connection
 * per request and turn a 404 into null; this one shares connections and throws every refusal.
 */
public final class Connector implements HttpExecutorService {

    /** For {@link java.util.ServiceLoader}. */
    public Connector() {}

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        Call call = Call.current();
        return call.transport().send(Outgoing.of(request), call);
    }

    @Override
    public String getExecutorDisplayName() {
        return "java.net.http";
    }
}
