package io.vmrestore.simulator.web;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;

/** Closes connections without an answer, as a crashed proxy does. */
final class Connections {
    private Connections() {}

    static Mono<ServerResponse> close(ServerRequest request) {
        ServerHttpResponse response = request.exchange().getResponse();
        while (response instanceof ServerHttpResponseDecorator decorator) {
            response = decorator.getDelegate();
        }
        HttpServerResponse netty = ((AbstractServerHttpResponse) response).getNativeResponse();
        netty.withConnection(DisposableChannel::dispose);
        return Mono.never();
    }
}
