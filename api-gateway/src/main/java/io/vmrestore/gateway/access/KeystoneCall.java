package io.vmrestore.gateway.access;

import io.vmrestore.common.connection.CallFault;
import io.vmrestore.common.connection.ConnectionFault;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemException;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.trace.RequestIdFilter;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question to Keystone, and in what words its failure is told: call, answer, request id and what to do. Of an
 * error's body only the title is shown, because Keystone's message may quote the request, which holds a password.
 *
 * @param server host and port
 * @param timeout how long the answer is waited for
 * @param request method and path
 * @param purpose what could not be checked without the answer, such as {@code the login}
 * @param requestId sent with it; null outside of a request
 */
record KeystoneCall(
        String server,
        Duration timeout,
        String request,
        String purpose,
        @Nullable String requestId) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 200;

    /** No answer. */
    ProblemException unanswered(Throwable error) {
        if (error instanceof TimeoutException) {
            return problem(
                            ProblemKind.IDENTITY_TIMEOUT,
                            "did not answer within " + timeout.toMillis() + " ms (RESTORE_IDENTITY_TIMEOUT)",
                            requestId,
                            CallFault.NO_ANSWER_IN_TIME)
                    .asException();
        }
        ConnectionFault fault = ConnectionFault.of(error, server);
        return problem(
                        fault.kind() == CallFault.NOT_REACHED_IN_TIME
                                ? ProblemKind.IDENTITY_TIMEOUT
                                : ProblemKind.IDENTITY_UNAVAILABLE,
                        "cannot be asked: " + fault.message(),
                        requestId,
                        fault.kind())
                .asException();
    }

    /** An answer that is no success. */
    ProblemException refused(ResponseEntity<byte[]> answer) {
        int status = answer.getStatusCode().value();
        Problem problem = answer.getStatusCode().is3xxRedirection()
                ? problem(answer, "redirects to " + location(answer) + ": correct OS_AUTH_URL", CallFault.AUTH_URL)
                : problem(answer, "answered with HTTP status " + status + title(answer), fault(status));
        return problem.with("service_status", status).asException();
    }

    /** A success that is not what Keystone promises. */
    ProblemException odd(ResponseEntity<byte[]> answer, String what) {
        return problem(answer, what, CallFault.AUTH_URL).asException();
    }

    /** The answer's body. */
    JsonNode json(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        try {
            return JSON.readTree(body == null ? new byte[0] : body);
        } catch (JacksonException notJson) {
            throw odd(answer, "sent an answer that is not JSON");
        }
    }

    private Problem problem(ResponseEntity<byte[]> answer, String what, CallFault fault) {
        String its = answer.getHeaders().getFirst(RequestIdFilter.HEADER);
        return problem(ProblemKind.IDENTITY_UNAVAILABLE, what, its == null ? requestId : shown(its), fault);
    }

    private Problem problem(ProblemKind kind, String what, @Nullable String id, CallFault fault) {
        String detail = "The identity service (Keystone) " + what + " (" + request
                + (id == null ? "" : ", request " + id) + "); " + purpose + " could not be checked. " + fault.remedy("")
                + ".";
        Problem problem = Problem.of(kind, detail).with("service", "identity");
        return id == null ? problem : problem.with("service_request_id", id);
    }

    /** A Keystone refuses no question by which everybody may log in: what does is something else. */
    private static CallFault fault(int status) {
        CallFault fault = CallFault.ofStatus(status);
        return status >= 500 || fault == CallFault.RATE_LIMIT ? fault : CallFault.AUTH_URL;
    }

    private static String title(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        try {
            String title = JSON.readTree(body == null ? new byte[0] : body)
                    .path("error")
                    .path("title")
                    .asString("");
            return title.isBlank() ? "" : " " + ForeignText.quoted(shown(title));
        } catch (JacksonException notJson) {
            return "";
        }
    }

    /** One line of it, without what may be a secret. */
    private static String location(ResponseEntity<byte[]> answer) {
        String location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
        return location == null
                ? "a place that it does not name"
                : shown(location.replaceAll("(?<=//)[^/@\\s]*@", "").replaceAll("\\?.*", ""));
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
    }
}
