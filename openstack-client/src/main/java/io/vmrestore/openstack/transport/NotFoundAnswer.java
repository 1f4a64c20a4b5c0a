package io.vmrestore.openstack.transport;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a 404 is worth. Whatever stands in front of a service (proxy, load balancer, maintenance page) answers 404
 * as well, and deleting anything on its word would be wrong: only the service's own error body under its own request id
 * speaks of the resource. The shapes are those of the genuine recordings.
 */
final class NotFoundAnswer {
    private static final Pattern REQUEST_ID =
            Pattern.compile("req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** Neutron's type for a path that it does not have. */
    private static final String NO_SUCH_PATH = "HTTPNotFound";

    private NotFoundAnswer() {}

    static CloudException refusal(Answer answer, Call call, ErrorText text, FailedCall failed) {
        boolean json = isJson(answer.getContentType());
        boolean ofResource = json && ownBody(call.service(), text);
        boolean identified = identified(answer.cloudRequestId());
        // An old Keystone gives no request id; nothing is ever deleted on its word.
        boolean keystone = call.service() == Service.IDENTITY && (ofResource || (json && answer.body().length == 0));
        if (identified || keystone) {
            return new CloudException.NotFound(failed, ofResource);
        }
        return new CloudException.Unavailable(
                call.failed(failed.method(), failed.path(), failed.status(), foreign(failed, text), null),
                !call.mayRepeat(failed.method()),
                null,
                null);
    }

    /** Whether the body has the form in which the service says that it lacks what was asked for. */
    private static boolean ownBody(Service service, ErrorText text) {
        return switch (service) {
            case COMPUTE, VOLUME -> text.fault().equals("itemNotFound");
            case NETWORK -> text.fault().equals("NeutronError") && !NO_SUCH_PATH.equals(text.type());
            case IDENTITY -> text.fault().equals("error");
        };
    }

    private static boolean identified(@Nullable String requestId) {
        return requestId != null && REQUEST_ID.matcher(requestId).matches();
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.contains("json");
    }

    private static String foreign(FailedCall failed, ErrorText text) {
        return "answered 404 without the " + failed.service() + " service's own error body and request id ("
                + text.message() + "): something in front of the service answered, and nothing is concluded from it";
    }
}
