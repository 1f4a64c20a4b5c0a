package io.vmrestore.support.listener;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.trace.RequestIdFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the requests of one connection between decoder and application. What cannot be read, comes too slowly or too
 * often is answered here with a problem, and the connection ends; where the server answers without words, it finds
 * them.
 */
// What becomes of a write or of a close shows in the pipeline, and there is nobody to tell it here.
@SuppressWarnings("FutureReturnValueIgnored")
final class RequestWatch extends ChannelDuplexHandler {
    private static final int UNAUTHORIZED = 401;

    /** Long enough to read the answer, which a connection that is closed on unread input takes back. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Deadlines deadlines;
    private final RequestRates rates;
    private final Refusals refusals;
    private final TrustedProxies proxies;
    /** Requests handed on whose answers are not complete. */
    private final Deque<Asked> unanswered = new ArrayDeque<>();
    /** The last one that came. */
    private Asked asked = Asked.nothing(InetAddress.getLoopbackAddress());

    private boolean answerBegun;
    private boolean refusing;
    private boolean refused;
    private @Nullable Problem later;

    RequestWatch(Deadlines deadlines, RequestRates rates, Refusals refusals, TrustedProxies proxies) {
        this.deadlines = deadlines;
        this.rates = rates;
        this.refusals = refusals;
        this.proxies = proxies;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        asked = Asked.nothing(address(ctx));
        deadlines.onExpiry((part, allowed) -> expired(ctx, part, allowed));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refusing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpObject part) {
            Problem problem = problemOf(ctx, part);
            if (problem == null) {
                passOn(ctx, part);
            } else {
                ReferenceCountUtil.release(message);
                if (part instanceof HttpRequest) {
                    refuse(ctx, problem);
                } else {
                    refuseAtWork(ctx, problem);
                }
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private @Nullable Problem problemOf(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest request) {
            asked = Asked.of(request, address(ctx), proxies);
            deadlines.headersCame();
            return rates.come(asked.client(), asked).map(Refusal::tooMany).orElseGet(() -> unreadable(request));
        }
        return part.decoderResult().isFailure() ? Refusal.malformedBody() : null;
    }

    private static @Nullable Problem unreadable(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Refusal.of(request.decoderResult().cause());
        }
        return request.protocolVersion().majorVersion() == 1 ? null : Refusal.malformed();
    }

    private void passOn(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest) {
            unanswered.add(asked);
        }
        if (part instanceof LastHttpContent) {
            deadlines.bodyCame(unanswered.isEmpty());
        }
        ctx.fireChannelRead(part);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (refusing) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        Object answer = message instanceof HttpResponse response ? answer(ctx, response) : message;
        ChannelPromise written = promise;
        if (answer != message) {
            written = promise.unvoid();
            written.addListener(_ -> linger(ctx));
        }
        ctx.write(answer, written);
        if (answer instanceof LastHttpContent && !isInterim(answer)) {
            answered(ctx);
        }
    }

    private HttpResponse answer(ChannelHandlerContext ctx, HttpResponse response) {
        if (isInterim(response)) {
            return response;
        }
        answerBegun = true;
        boolean wordless = response instanceof FullHttpResponse full
                && !full.content().isReadable()
                && !response.headers().contains(RequestIdFilter.HEADER);
        Asked of = unanswered.isEmpty() ? asked : unanswered.getFirst();
        Optional<Problem> problem = wordless ? Refusal.of(response.status().code()) : Optional.empty();
        rates.answered(of.client(), of, known(ctx));
        if (problem.isPresent()) {
            ReferenceCountUtil.release(response);
            refusals.tell(of.client(), of, problem.get());
            return RefusalAnswer.to(of, problem.get());
        }
        if (response.status().code() == UNAUTHORIZED && of.withToken()) {
            refusals.tellOfToken(of.client(), of, response.headers().get(RequestIdFilter.HEADER));
        }
        return response;
    }

    private static boolean known(ChannelHandlerContext ctx) {
        return Boolean.TRUE.equals(ctx.channel().attr(KnownCaller.KNOWN).getAndSet(null));
    }

    private static boolean isInterim(Object answer) {
        return answer instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void answered(ChannelHandlerContext ctx) {
        answerBegun = false;
        unanswered.poll();
        if (unanswered.isEmpty()) {
            deadlines.answered();
            if (later != null) {
                send(ctx, later);
            }
        }
    }

    private void expired(ChannelHandlerContext ctx, Deadlines.Part part, Duration allowed) {
        switch (part) {
            case NOTHING -> {
                refusals.count("nothing-sent");
                ctx.close();
            }
            case HEADERS -> {
                asked = Asked.nothing(address(ctx));
                refuse(ctx, Refusal.tooSlow(allowed));
            }
            case BODY -> refuseAtWork(ctx, Refusal.tooSlow(allowed));
            case NEXT -> ctx.close();
            case ANSWER -> {}
        }
    }

    /** Answers a request that is not handed on, after the answers of those before it. */
    private void refuse(ChannelHandlerContext ctx, Problem problem) {
        stopReading();
        if (unanswered.isEmpty()) {
            send(ctx, problem);
        } else {
            later = problem;
        }
    }

    /** Answers the request whose body is still to come, unless its application has begun to. */
    private void refuseAtWork(ChannelHandlerContext ctx, Problem problem) {
        stopReading();
        if (unanswered.size() == 1 && !answerBegun) {
            send(ctx, problem);
        } else {
            refusals.count(problem.kind().wireName());
            ctx.close();
        }
    }

    private void stopReading() {
        refusing = true;
        deadlines.stop();
    }

    private void send(ChannelHandlerContext ctx, Problem problem) {
        refused = true;
        refusals.tell(asked.client(), asked, problem);
        ctx.writeAndFlush(RefusalAnswer.to(asked, problem)).addListener(_ -> linger(ctx));
    }

    /** A connection that is closed while the client still sends takes the answer back: reads on for a moment. */
    private void linger(ChannelHandlerContext ctx) {
        stopReading();
        if (ctx.channel() instanceof DuplexChannel both) {
            both.shutdownOutput();
            ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
            ctx.read();
        } else {
            ctx.close();
        }
    }

    private static InetAddress address(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
