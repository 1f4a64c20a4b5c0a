package io.vmrestore.support.listener;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.vmrestore.common.time.TimeSource;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Sets up one listener: its limits stand before the decoder, who follows its requests right behind. */
final class Listener implements NettyServerCustomizer {
    private static final String PREFIX = "restore.";

    /** What the system keeps of an answer for a client that is slow to take it, in bytes. */
    private static final int SEND_BUFFER = 256 << 10;

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final RequestRates rates;
    private final Refusals refusals;

    Listener(ListenerSettings settings, ConnectionLimits limits, Refusals refusals, TimeSource time) {
        this.settings = settings;
        this.limits = limits;
        this.refusals = refusals;
        this.rates = new RequestRates(settings.requestsPerSecond(), time);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.httpRequestDecoder(decoder -> decoder.maxInitialLineLength(
                                (int) settings.maxRequestLine().toBytes())
                        .maxHeaderSize((int) settings.maxHeaders().toBytes()))
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
                        new RequestWatch(deadlines, rates, refusals));
    }
}
