package io.vmrestore.verification.simulation;

import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds every attempt to a rule that shows on the wire only: whoever makes a volume, port or server has looked before
 * whether it is there, and looks again after an answer that told nothing.
 */
final class LookRule {
    private static final Pattern COLLECTION = Pattern.compile("/(volumes|servers|ports)(/detail)?$");
    private static final String ATTEMPT = "X-Openstack-Request-Id";

    private final Set<String> looked = new HashSet<>();

    /** A request arrives at the cloud. */
    void before(SimulatedProcess process, HttpRequest request) {
        String look = look(process, request);
        if (request.method().equals("POST") && !look.isEmpty() && !looked.remove(look)) {
            throw new AssertionError(process + " makes something without having looked for it: POST " + request.uri());
        }
    }

    /** It was answered, whether or not the answer arrives. */
    void after(SimulatedProcess process, HttpRequest request, int status) {
        String look = look(process, request);
        boolean refused = request.method().equals("POST") && status >= 400 && status < 500;
        if (request.method().equals("GET") || refused) {
            looked.add(look);
        }
    }

    /** Whether a request makes a volume, port or server. */
    static boolean makes(HttpRequest request) {
        return request.method().equals("POST")
                && COLLECTION.matcher(request.uri().getPath()).find();
    }

    private static String look(SimulatedProcess process, HttpRequest request) {
        Matcher matcher = COLLECTION.matcher(request.uri().getPath());
        String attempt = request.headers().firstValue(ATTEMPT).orElse("");
        return matcher.find() ? process + " " + attempt + " " + matcher.group(1) : "";
    }
}
