package io.vmrestore.gateway.http;

import io.vmrestore.support.problem.ErrorTranslation;
import io.vmrestore.support.problem.FieldError;
import io.vmrestore.support.problem.Problem;
import io.vmrestore.support.problem.ProblemConfiguration;
import io.vmrestore.support.problem.ProblemKind;
import io.vmrestore.support.problem.ServiceErrors;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** What the errors of the framework mean to a client. */
@Component
@Import(ProblemConfiguration.class)
final class GatewayErrors implements ErrorTranslation {

    @Override
    public Problem of(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case MethodNotAllowedException wrong -> methodNotAllowed(exchange, wrong);
            case UnsupportedMediaTypeStatusException _ ->
                Problem.of(
                        ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body as JSON with the header Content-Type: application/json.");
            case NotAcceptableStatusException wrong ->
                Problem.of(
                        ProblemKind.NOT_ACCEPTABLE,
                        "This path answers with " + join(wrong.getSupportedMediaTypes())
                                + "; send a header Accept that allows it, or none.");
            case DataBufferLimitException _ -> tooLarge();
            case ResponseStatusException other -> ofStatus(exchange, other);
            default -> internal();
        };
    }

    private static Problem ofStatus(ServerWebExchange exchange, ResponseStatusException error) {
        if (error.getStatusCode().isSameCodeAs(HttpStatus.CONTENT_TOO_LARGE)) {
            return tooLarge();
        }
        if (error.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return Problem.of(
                    ProblemKind.NOT_FOUND,
                    "There is nothing at " + exchange.getRequest().getURI().getRawPath()
                            + "; /openapi.json lists every path.");
        }
        if (error.getStatusCode().is4xxClientError()) {
            return Problem.of(ProblemKind.INVALID_REQUEST, "The request cannot be read; /openapi.json shows its form.");
        }
        return internal();
    }

    private static Problem methodNotAllowed(ServerWebExchange exchange, MethodNotAllowedException wrong) {
        String allowed = ServiceErrors.allowed(wrong);
        return Problem.of(
                        ProblemKind.METHOD_NOT_ALLOWED,
                        exchange.getRequest().getURI().getRawPath() + " takes " + allowed + ", not "
                                + wrong.getHttpMethod() + ".")
                .header("Allow", allowed);
    }

    private static Problem tooLarge() {
        return Problem.of(
                ProblemKind.CONTENT_TOO_LARGE,
                List.of(FieldError.ofBody("is larger than 64 KiB, and no request needs that much")));
    }

    private static Problem internal() {
        return Problem.of(
                ProblemKind.INTERNAL_ERROR,
                "The request could not be handled because of an error in this system."
                        + " Its log has the cause under this request id.");
    }

    private static String join(List<?> mediaTypes) {
        return mediaTypes.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
