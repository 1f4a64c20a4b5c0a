package io.vmrestore.support.listener;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Sets up one listener: its limits stand before the decoder, who follows its requests right behind. */
final class Listener implements NettyServerCustomizer {
    private static final String PREFIX = "restore.";

    private static final Duration AFTER_THE_DEADLINE = Duration.ofSeconds(5);

    /** What the system keeps of an answer for a client that is slow to take it, in bytes. */
    private static final int SEND_BUFFER = 256 << 10;

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final RequestRates rates;
    private final Refusals refusals;
    private final TrustedProxies proxies;

    Listener(ListenerSettings settings, ConnectionLimits limits, RequestRates rates, Refusals refusals) {
        this.settings = settings;
        this.limits = limits;
        this.rates = rates;
        this.refusals = refusals;
        this.proxies = settings.proxies();
    }

    @Override
    public HttpServer apply(HttpServer server) {
        // For streams of HTTP/2; a request of HTTP/1 has met its deadline by then.
        return server.requestTimeout(settings.bodyTimeout().plus(AFTER_THE_DEADLINE))
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .doOnChannelInit((_, channel, _) -> guard(channel.pipeline()));
    }

    private void guard(ChannelPipeline pipeline) {
        Deadlines deadlines = new Deadlines(settings);
        pipeline.addFirst(PREFIX + "deadlines", deadlines)
                .addFirst(PREFIX + "writes", new StalledWrites(settings.writeTimeout(), refusals::stalled))
                .addFirst(PREFIX + "connections", limits)
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        PREFIX + "requests",
                        new RequestWatch(deadlines, rates, refusals, proxies));
    }
}
