package io.vmrestore.support.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a client may take for each part of a request. Each part has one deadline, however often a byte of it comes:
 * timeouts of silence, which Netty has ready, let a client send one byte now and then for ever. It stands before the
 * decoder, where the first byte of a request shows, and is told by {@link RequestWatch} of the rest.
 */
final class Deadlines extends ChannelInboundHandlerAdapter {
    private final ListenerSettings settings;
    private Part part = Part.NOTHING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private int lastStream;
    private int stalledLooks;
    private Expiry expiry = (_, _) -> {};

    /** What of a request a connection waits for. */
    enum Part {
        /** The first byte of the first request. */
        NOTHING,
        HEADERS,
        BODY,
        /** The answer, for which the client cannot be blamed. */
        ANSWER,
        /** The first byte of the next request. */
        NEXT
    }

    /** Told of a deadline that has passed, on the connection's own thread. */
    @FunctionalInterface
    interface Expiry {
        void passed(Part part, Duration allowed);
    }

    Deadlines(ListenerSettings settings) {
        this.settings = settings;
    }

    void onExpiry(Expiry told) {
        this.expiry = told;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        waitFor(Part.NOTHING, settings.headerTimeout());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        switch (part) {
            // Goes on from the connection's begin.
            case NOTHING -> part = Part.HEADERS;
            case NEXT -> waitFor(Part.HEADERS, settings.headerTimeout());
            case HEADERS, BODY, ANSWER -> {}
        }
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    void headersCame() {
        waitFor(Part.BODY, settings.bodyTimeout());
    }

    /** @param answered whether nothing is left to answer, as after a refusal before the body's end */
    void bodyCame(boolean answered) {
        stop();
        part = Part.ANSWER;
        if (answered) {
            answered();
        }
    }

    /** Everything that was asked is answered. A body that is still to come has its deadline. */
    void answered() {
        if (part == Part.ANSWER) {
            waitFor(Part.NEXT, settings.idleTimeout());
        }
    }

    void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void waitFor(Part next, Duration allowed) {
        stop();
        part = next;
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            deadline = ctx.executor().schedule(() -> passed(ctx, allowed), allowed.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void passed(ChannelHandlerContext ctx, Duration allowed) {
        Http2FrameCodec http2 = ctx.pipeline().get(Http2FrameCodec.class);
        if (http2 == null) {
            expiry.passed(part, allowed);
        } else {
            followStreams(ctx, http2.connection());
        }
    }

    /**
     * HTTP/2 has no one request to wait for. Its connection ends when no stream was opened or open for as long as a
     * connection may be idle, or when a stream's client takes nothing of its answer for twice as long; {@link Listener}
     * bounds the bodies of its streams.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void followStreams(ChannelHandlerContext ctx, Http2Connection connection) {
        int stream = connection.remote().lastStreamCreated();
        boolean unused = connection.numActiveStreams() == 0 && stream == lastStream;
        stalledLooks = isStalled(connection) ? stalledLooks + 1 : 0;
        if (unused || stalledLooks == 2) {
            ctx.close();
            return;
        }
        lastStream = stream;
        deadline = ctx.executor()
                .schedule(
                        () -> followStreams(ctx, connection),
                        settings.idleTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Whether a part of an answer waits for its client to make room for it. */
    private static boolean isStalled(Http2Connection connection) {
        Http2RemoteFlowController flow = connection.remote().flowController();
        try {
            return connection.forEachActiveStream(
                            stream -> !flow.hasFlowControlled(stream) || flow.windowSize(stream) > 0)
                    != null;
        } catch (Http2Exception broken) {
            return true;
        }
    }
}
