package io.vmrestore.support.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connection of a client that does not take its answer. What the system has not taken for it within the time
 * counts, so a stream that is read goes on however long it lasts.
 */
final class StalledWrites extends WriteTimeoutHandler {
    private final Runnable told;

    /** @param told of such an end */
    StalledWrites(Duration timeout, Runnable told) {
        super(timeout.toMillis(), TimeUnit.MILLISECONDS);
        this.told = told;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    protected void writeTimedOut(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            told.run();
            // What it did not take is thrown away, the system's part of it too.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
        }
    }
}
