package io.vmrestore.support.listener;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemDocument;
import io.vmrestore.support.trace.RequestIdFilter;
import org.springframework.http.MediaType;

/** The answer of a listener: in form and headers as an application's own, and the last one of its connection. */
final class RefusalAnswer {
    private RefusalAnswer() {}

    static FullHttpResponse to(Asked asked, Problem problem) {
        byte[] document = ProblemDocument.of(problem, asked.path(), asked.requestId());
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.kind().status().value()),
                Unpooled.wrappedBuffer(document));
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CONTENT_LENGTH, document.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(RequestIdFilter.HEADER, asked.requestId())
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        problem.headers().forEach(headers::set);
        return answer;
    }
}
