package io.vmrestore.verification.benchmarks.readings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that services have answered to other services, from their own metrics. */
public final class HttpMetrics implements Source {
    public static final String GROUP = "internal HTTP calls";
    public static final String ALL = "all";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String METRIC = "http_server_requests_seconds_count{";
    private static final String MANAGEMENT = "/actuator";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> services;

    /** @param services base URLs of their management ports by name; all that they answer is internal */
    public HttpMetrics(Map<String, String> services) {
        this.services = new LinkedHashMap<>(services);
    }

    @Override
    public Map<Counter, Double> read() throws IOException, InterruptedException {
        Map<Counter, Double> counters = new LinkedHashMap<>();
        for (Map.Entry<String, String> service : services.entrySet()) {
            for (String line :
                    scrape(service.getValue() + MANAGEMENT + "/prometheus").split("\n")) {
                String uri = label(line, "uri");
                if (line.startsWith(METRIC) && !uri.startsWith(MANAGEMENT)) {
                    double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                    counters.put(
                            new Counter(GROUP, ALL, service.getKey() + line.substring(0, line.lastIndexOf(' '))),
                            count);
                    counters.put(
                            new Counter(
                                    GROUP,
                                    service.getKey() + " " + label(line, "method") + " " + uri,
                                    label(line, "status")),
                            count);
                }
            }
        }
        return counters;
    }

    private String scrape(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static String label(String line, String name) {
        Matcher found = Pattern.compile("[{,]" + name + "=\"([^\"]*)\"").matcher(line);
        return found.find() ? found.group(1) : "";
    }
}
