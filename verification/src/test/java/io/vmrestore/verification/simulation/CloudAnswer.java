package io.vmrestore.verification.simulation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** The cloud's answer as the JDK's client gives it. */
record CloudAnswer(HttpRequest request, int status, HttpHeaders headers, byte[] body) implements HttpResponse<byte[]> {
    CloudAnswer(HttpRequest request, int status, org.springframework.http.HttpHeaders given, byte[] body) {
        this(request, status, headers(given), body);
    }

    private static HttpHeaders headers(org.springframework.http.HttpHeaders given) {
        Map<String, List<String>> headers = new TreeMap<>();
        given.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    @Override
    public int statusCode() {
        return status;
    }

    @Override
    public Optional<HttpResponse<byte[]>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
