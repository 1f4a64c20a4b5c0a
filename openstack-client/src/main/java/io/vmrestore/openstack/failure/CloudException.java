package io.vmrestore.openstack.failure;

import io.vmrestore.common.connection.CallFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that the cloud refused, or that never got an answer. Its message names service, call, answer, request id
 * and what to do.
 */
public abstract sealed class CloudException extends RuntimeException {

    private final FailedCall call;

    private CloudException(FailedCall call, @Nullable Throwable cause) {
        super(call.describe(), cause);
        this.call = call;
    }

    @Override
    public String getMessage() {
        return call.describe() + ". " + remedy();
    }

    /** What went wrong, among all that can. */
    public CallFault fault() {
        return Diagnosis.of(this);
    }

    /** What a person does about it. */
    public String remedy() {
        return fault().remedy(call.message());
    }

    /** The request that failed. */
    public FailedCall call() {
        return call;
    }

    /** The cloud's own words, or what went wrong before it could say any. */
    public String cloudMessage() {
        return call.message();
    }

    /**
     * Whether a changing request may have been carried out although it failed: look for its mark before repeating it.
     * False for every definite refusal.
     */
    public boolean ambiguous() {
        return false;
    }

    /** How long the cloud asked to wait before the next request; null if it did not say. */
    public @Nullable Duration retryAfter() {
        return null;
    }

    /**
     * 404 of the service itself: there is no such thing, it belongs to a project that the token may not see, or the
     * service has no such path. A 404 of something in front of the service is {@link Unavailable}.
     */
    public static final class NotFound extends CloudException {
        private final boolean ofResource;

        /** For a path that the service does not have, which says nothing about any resource. */
        public NotFound(FailedCall call) {
            this(call, false);
        }

        /** For the request that asked for it; {@code ofResource} if the service speaks of the thing asked for. */
        public NotFound(FailedCall call, boolean ofResource) {
            super(call, null);
            this.ofResource = ofResource;
        }

        /**
         * Whether the service says in its own error body, under its own request id, that it does not have the thing
         * that was asked for. Only such an answer is evidence of an absence.
         */
        public boolean ofResource() {
            return ofResource;
        }
    }

    /** 409 or 412: the thing is in another state, taken or locked. */
    public static final class Conflict extends CloudException {
        private final @Nullable String type;

        /** For the refused request, with the cloud's type of the conflict. */
        public Conflict(FailedCall call, @Nullable String type) {
            super(call, null);
            this.type = type;
        }

        /**
         * The cloud's own type, as Neutron gives it: {@code IpAddressAlreadyAllocated}, {@code MacAddressInUse},
         * {@code IpAddressGenerationFailure}; null from services that have none.
         */
        public @Nullable String type() {
            return type;
        }

        /** Whether an address or a MAC that was asked for belongs to another port. */
        public boolean addressTaken() {
            return "IpAddressAlreadyAllocated".equals(type) || macTaken();
        }

        /** Whether a MAC that was asked for belongs to another port. */
        public boolean macTaken() {
            return "MacAddressInUse".equals(type);
        }
    }

    /** The project's quota is used up: Cinder 413 {@code overLimit}, Nova 403, Neutron 409 {@code OverQuota}. */
    public static final class QuotaExceeded extends CloudException {
        /** For the refused request. */
        public QuotaExceeded(FailedCall call) {
            super(call, null);
        }
    }

    /** 401 that a new token did not cure: a wrong password, or an identity without any role in the project. */
    public static final class Unauthorized extends CloudException {
        /** For the refused request. */
        public Unauthorized(FailedCall call) {
            super(call, null);
        }
    }

    /** 403 that is no matter of quota: the policy does not let this identity do it. */
    public static final class Forbidden extends CloudException {
        /** For the refused request. */
        public Forbidden(FailedCall call) {
            super(call, null);
        }
    }

    /** 400 and its like: the request can never succeed as it is. */
    public static final class Invalid extends CloudException {
        private final @Nullable String type;

        /** For the refused request, with the cloud's type of the mistake. */
        public Invalid(FailedCall call, @Nullable String type) {
            super(call, null);
            this.type = type;
        }

        /** The cloud's own type, as Neutron gives it ({@code InvalidIpForSubnet}); null from services without. */
        public @Nullable String type() {
            return type;
        }
    }

    /** 429, or a 413 that is no quota: too many requests; nothing was done. */
    public static final class RateLimited extends CloudException {
        private final @Nullable Duration retryAfter;

        /** For the refused request, with the wait that the cloud asked for. */
        public RateLimited(FailedCall call, @Nullable Duration retryAfter) {
            super(call, null);
            this.retryAfter = retryAfter;
        }

        @Override
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * 5xx, no connection, no answer in time, an answer that broke off, or a 404 that the service did not give itself.
     */
    public static final class Unavailable extends CloudException {
        private final boolean ambiguous;
        private final @Nullable Duration retryAfter;

        /** For the failed request; {@code ambiguous} if it may have been carried out all the same. */
        public Unavailable(
                FailedCall call, boolean ambiguous, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(call, cause);
            this.ambiguous = ambiguous;
            this.retryAfter = retryAfter;
        }

        @Override
        public boolean ambiguous() {
            return ambiguous;
        }

        @Override
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Nothing was done because settings or cloud do not fit: no service user for another project, no endpoint in this
     * region, an API version that is too old. The message names the remedy.
     */
    public static final class Misconfigured extends CloudException {
        private final CallFault kind;

        /** For the request that could not be made; {@code kind} is what does not fit. */
        public Misconfigured(FailedCall call, CallFault kind) {
            super(call, null);
            this.kind = kind;
        }

        CallFault kind() {
            return kind;
        }
    }
}
