package io.vmrestore.executor.step;

import io.vmrestore.common.time.TimeSource;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A way to the cloud on which services go away at a chosen request and come back after a while. */
public final class ServiceOutage extends HttpClient {

    /** How the request that meets the outage ends. */
    public enum First {
        /** Nobody listens. */
        REFUSED,
        /** It is carried out, and its answer is lost. */
        LOST_ANSWER
    }

    private final HttpClient way =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final TimeSource time;
    private Predicate<HttpRequest> hit = request -> false;
    private First first = First.REFUSED;
    private Duration lasting = Duration.ZERO;
    private int before;
    private boolean begun;
    private Instant end = Instant.MIN;
    private int requests;

    public ServiceOutage(TimeSource time) {
        this.time = time;
    }

    /**
     * Has services go away.
     *
     * @param requestsBefore of those services, that are still answered
     */
    public synchronized void goAway(Predicate<HttpRequest> services, int requestsBefore, First how, Duration howLong) {
        hit = services;
        before = requestsBefore;
        first = how;
        lasting = howLong;
        begun = false;
        requests = 0;
    }

    /** Whether the services went away since they were told to. */
    public synchronized boolean wentAway() {
        return begun;
    }

    /** No service goes away any more. */
    public synchronized void over() {
        hit = request -> false;
        end = Instant.MIN;
    }

    /** What becomes of a request. */
    private enum Fate {
        ANSWERED,
        REFUSED,
        LOST
    }

    private synchronized Fate fate(HttpRequest request) {
        if (!hit.test(request)) {
            return Fate.ANSWERED;
        }
        Instant now = time.instant();
        if (begun) {
            return now.isBefore(end) ? Fate.REFUSED : Fate.ANSWERED;
        }
        if (requests++ < before) {
            return Fate.ANSWERED;
        }
        begun = true;
        end = now.plus(lasting);
        return first == First.REFUSED ? Fate.REFUSED : Fate.LOST;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return switch (fate(request)) {
            case ANSWERED -> way.sendAsync(request, handler);
            case REFUSED -> CompletableFuture.failedFuture(new ConnectException("the service is away"));
            case LOST ->
                way.sendAsync(request, handler)
                        .thenCompose(answer -> CompletableFuture.failedFuture(new IOException("the answer is lost")));
        };
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> push) {
        return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        throw new UnsupportedOperationException("The client sends without waiting");
    }

    @Override
    public void shutdownNow() {
        way.shutdownNow();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return way.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return way.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return way.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return way.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return way.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return way.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return way.authenticator();
    }

    @Override
    public Version version() {
        return way.version();
    }

    @Override
    public Optional<Executor> executor() {
        return way.executor();
    }
}
