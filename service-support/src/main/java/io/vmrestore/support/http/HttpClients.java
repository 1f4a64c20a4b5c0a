package io.vmrestore.support.http;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vmrestore.support.trace.RequestIdFilter;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.ProxyProvider;

/** Makes the clients by which a service asks others, all on this application's own event loops. */
public final class HttpClients implements DisposableBean {
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final ReactorResourceFactory resources;
    private final List<ConnectionProvider> pools = new CopyOnWriteArrayList<>();

    HttpClients(ReactorResourceFactory resources) {
        this.resources = resources;
    }

    /** A client of somebody outside, who learns nothing of our request ids. */
    public WebClient.Builder toOutside(Duration timeout) {
        return client(HttpClient.create(resources.getConnectionProvider()).responseTimeout(timeout), timeout);
    }

    /** A client of OpenStack, whose services join our request ids with their own. */
    public WebClient.Builder toCloud(String url, Duration connectTimeout, CloudRoute route) {
        HttpClient client = HttpClient.create(resources.getConnectionProvider())
                .secure(tls -> tls.sslContext(new JdkSslContext(
                        route.tls(),
                        true,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        null,
                        ClientAuth.NONE,
                        null,
                        false)));
        return client(through(route.proxies().select(URI.create(url)).getFirst(), client), connectTimeout)
                .baseUrl(url)
                .filter(RequestIdFilter.passedOn());
    }

    /**
     * A client of one of our services, with connections of its own.
     *
     * @param name of the connections in metrics
     * @param connectTimeout longest wait for a connection
     * @param mostConnections requests beyond wait as long for another to end
     */
    public WebClient.Builder toService(String name, String url, Duration connectTimeout, int mostConnections) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(mostConnections)
                .maxIdleTime(LONGEST_IDLE)
                .pendingAcquireTimeout(connectTimeout)
                .build();
        pools.add(pool);
        return client(HttpClient.create(pool), connectTimeout)
                .baseUrl(url.strip().replaceAll("/+$", ""))
                .filter(RequestIdFilter.passedOn());
    }

    private static HttpClient through(Proxy proxy, HttpClient client) {
        return proxy.address() instanceof InetSocketAddress address
                ? client.proxy(way -> way.type(ProxyProvider.Proxy.HTTP)
                        .host(address.getHostString())
                        .port(address.getPort()))
                : client;
    }

    private WebClient.Builder client(HttpClient connections, Duration connectTimeout) {
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(connections
                        .runOn(resources.getLoopResources())
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                                Math.min(Integer.MAX_VALUE, connectTimeout.toMillis()))));
    }

    @Override
    public void destroy() {
        pools.forEach(ConnectionProvider::dispose);
    }
}
