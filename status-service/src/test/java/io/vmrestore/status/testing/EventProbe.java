package io.vmrestore.status.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of one stream of events, which keeps what it received. */
public final class EventProbe implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> answer;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger comments = new AtomicInteger();
    private volatile boolean ended;

    /** One event as the wire shows it. */
    public record Event(String id, String type, String data) {}

    private EventProbe(HttpResponse<InputStream> answer) {
        this.answer = answer;
    }

    /** Connects; returns when the headers are there. */
    public static EventProbe open(StatusService service, UUID jobId, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/internal/jobs/" + jobId + "/events"))
                .header("Authorization", "Bearer " + Tokens.of("viewer"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            EventProbe probe = new EventProbe(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            Thread.ofVirtual().start(probe::read);
            return probe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return answer.statusCode();
    }

    public List<Event> events() {
        return events;
    }

    public List<String> ids() {
        return events.stream().map(Event::id).toList();
    }

    public int comments() {
        return comments.get();
    }

    /** Whether the server closed the stream, or it broke. */
    public boolean ended() {
        return ended;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3);
                } else if (line.startsWith("event:")) {
                    type = line.substring(6);
                } else if (line.startsWith("data:")) {
                    data += line.substring(5);
                } else if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, type, data));
                    data = "";
                }
            }
        } catch (IOException broken) {
            // The end, as seen from here.
        } finally {
            ended = true;
        }
    }

    /** Disconnects. */
    @Override
    public void close() {
        try {
            answer.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
