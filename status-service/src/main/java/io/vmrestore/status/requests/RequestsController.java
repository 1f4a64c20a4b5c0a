package io.vmrestore.status.requests;

import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.access.CurrentReach;
import io.vmrestore.support.access.Permission;
import io.vmrestore.support.api.AdmissionAnswer;
import io.vmrestore.support.api.AdmissionQuestion;
import io.vmrestore.support.api.RequestClaim;
import io.vmrestore.support.api.RequestsApi;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The door for requests: by it gateways agree on what a request stands for and on whether there is room for it. */
@RestController
class RequestsController implements RequestsApi {
    private final ClaimStore claims;
    private final AdmissionStore admissions;

    RequestsController(ClaimStore claims, AdmissionStore admissions) {
        this.claims = claims;
        this.admissions = admissions;
    }

    @Override
    public Mono<RequestClaim> claim(RequestClaim wanted) {
        Claim claim = Claim.complete(wanted);
        return caller().flatMap(caller -> claims.claim(caller, claim)).map(Claim::told);
    }

    @Override
    public Mono<AdmissionAnswer> admit(AdmissionQuestion question) {
        Admission wanted = Admission.complete(question);
        return CurrentReach.get().flatMap(reach -> {
            // The gateway has asked the same before it sends the question.
            if (wanted.projectId() != null && !reach.may(Permission.WRITE, wanted.projectId())) {
                return Mono.error(Refusals.notThere(wanted.projectId()));
            }
            return caller().flatMap(caller -> admissions.admit(caller, wanted, reach));
        });
    }

    private static Mono<String> caller() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(JwtAuthenticationToken.class)
                .map(caller -> KeyOwner.of(caller.getToken()))
                .switchIfEmpty(Mono.error(() -> Refusals.unauthenticated("The token names nobody (claim sub)")
                        .asException()));
    }
}
