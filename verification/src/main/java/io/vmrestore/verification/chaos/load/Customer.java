package io.vmrestore.verification.chaos.load;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.verification.chaos.load.Restore.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A careful client: it repeats a request with the same Idempotency-Key until it has an answer, and follows its job to
 * the end. What it does between two requests follows from its seed; what it is answered does not.
 */
final class Customer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FOLLOWING = Duration.ofSeconds(75);
    private static final int LONGEST_PAUSE = 900;
    private static final int REPEATED_IN_100 = 12;
    private static final int STREAMED_IN_100 = 25;

    private final Client client;
    private final Journal journal;
    private final Random random;
    private final BooleanSupplier open;

    /** @param open whether further requests may be sent */
    Customer(Client client, Journal journal, long seed, BooleanSupplier open) {
        this.client = client;
        this.journal = journal;
        this.random = new Random(seed);
        this.open = open;
    }

    /** Asks for what is wished and follows it. */
    void want(Wish wish) throws InterruptedException {
        Restore restore = new Restore(wish);
        journal.add(restore);
        if (!plan(restore)) {
            return;
        }
        look();
        if (wish.ending() == Wish.Ending.PLAN || !awaitPlan(restore) || !execute(restore)) {
            return;
        }
        if (wish.ending() == Wish.Ending.CANCEL) {
            TimeUnit.MILLISECONDS.sleep(wish.cancelAfterMillis());
            cancel(restore);
        }
        if (random.nextInt(100) < STREAMED_IN_100) {
            new Follower(client, journal, restore, open).follow();
        }
        follow(restore, JobStatus::terminal, FOLLOWING);
    }

    private boolean plan(Restore restore) throws InterruptedException {
        UUID key = new UUID(random.nextLong(), random.nextLong());
        Map<String, Object> body = restore.wish().planBody();
        Optional<Answer> answer = insist(Call.PLAN, "/restore/plan", key, body);
        if (answer.isEmpty()) {
            return false;
        }
        Optional<UUID> job = job(answer.get());
        boolean granted = Call.PLAN.grants(answer.get().status());
        if (job.isEmpty()) {
            journal.wrong("PLAN for wish " + restore.wish().number() + " names no job: " + answer.get());
            return false;
        }
        restore.planned(job.get(), granted ? Reply.GRANTED : Reply.REFUSED);
        if (random.nextInt(100) < REPEATED_IN_100) {
            // As a client would whose first answer was lost on its last yard.
            insist(Call.PLAN, "/restore/plan", key, body).ifPresent(again -> requireSame(job.get(), again));
        }
        return granted;
    }

    private void requireSame(UUID job, Answer again) {
        if (!job(again).equals(Optional.of(job))) {
            journal.wrong("PLAN repeated with its key stands for another job than " + job + ": " + again);
        }
    }

    private boolean awaitPlan(Restore restore) throws InterruptedException {
        return follow(restore, status -> status != JobStatus.PLANNING, PATIENCE)
                .filter(status -> status == JobStatus.PLANNED)
                .isPresent();
    }

    private boolean execute(Restore restore) throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("plan_id", restore.jobId().orElseThrow().toString());
        if (restore.wish().mode() == RestoreMode.REPLACE) {
            body.put("confirm_destructive", restore.wish().confirmation());
        }
        Optional<Answer> answer =
                insist(Call.EXECUTE, "/restore/execute", new UUID(random.nextLong(), random.nextLong()), body);
        answer.ifPresent(given -> restore.executed(reply(Call.EXECUTE, restore, given)));
        return restore.execution() == Reply.GRANTED;
    }

    private void cancel(Restore restore) throws InterruptedException {
        insist(
                        Call.CANCEL,
                        "/restore/cancel/" + restore.jobId().orElseThrow(),
                        new UUID(random.nextLong(), random.nextLong()),
                        Map.of("reason", "changed my mind"))
                .ifPresent(given -> restore.cancelled(reply(Call.CANCEL, restore, given)));
    }

    private Reply reply(Call call, Restore restore, Answer answer) {
        if (call.grants(answer.status())) {
            return Reply.GRANTED;
        }
        if (answer.status() == 404 && restore.visible()) {
            journal.wrong(call + ": job " + restore.jobId().orElseThrow() + " was visible and is unknown: " + answer);
        }
        return Reply.REFUSED;
    }

    /** Sends a request until it is answered for good; empty if that took too long or the run is over. */
    private Optional<Answer> insist(Call call, String path, UUID key, Map<String, ?> body) throws InterruptedException {
        long begin = System.nanoTime();
        while (open.getAsBoolean() && System.nanoTime() - begin < PATIENCE.toNanos()) {
            Answer answer = client.post(call, path, key, body);
            switch (AnswerRules.classify(call, answer)) {
                case CUT, UNAVAILABLE, LIMITED -> pause();
                case CLOUD_AWAY, GRANTED, REFUSED, WRONG -> {
                    return Optional.of(answer);
                }
            }
        }
        return Optional.empty();
    }

    /** Reads the job until it is as wanted; the last status read, if that is. */
    private Optional<JobStatus> follow(Restore restore, Predicate<JobStatus> wanted, Duration patience)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (open.getAsBoolean() && System.nanoTime() - begin < patience.toNanos()) {
            Optional<JobStatus> status = read(restore);
            if (status.filter(wanted).isPresent()) {
                return status;
            }
            pause();
        }
        return Optional.empty();
    }

    private Optional<JobStatus> read(Restore restore) throws InterruptedException {
        UUID job = restore.jobId().orElseThrow();
        Answer answer = client.get(Call.JOB, "/restore/jobs/" + job);
        if (answer.status() == 404 && restore.visible()) {
            journal.wrong("JOB " + job + " was visible and is unknown: " + answer);
        }
        if (answer.status() != 200) {
            return Optional.empty();
        }
        if (!job(answer).equals(Optional.of(job))
                || !answer.text("vm_id").equals(restore.wish().vmId())) {
            journal.wrong("JOB " + job + " is shown as another: " + answer);
            return Optional.empty();
        }
        JobStatus status = JobStatus.valueOf(answer.text("status"));
        restore.read(answer.body().path("version").asLong(), status)
                .ifPresent(contradiction -> journal.wrong("JOB " + job + " goes back: " + contradiction));
        return Optional.of(status);
    }

    /** Now and then something else, as people do between two clicks. */
    private void look() throws InterruptedException {
        switch (random.nextInt(12)) {
            case 0 -> client.login();
            case 1 -> client.get(Call.JOBS, "/restore/jobs?limit=20");
            case 2 -> client.get(Call.JOBS, "/restore/jobs?status=RUNNING&with_count=true");
            case 3 -> client.get(Call.INVENTORY, "/restore/projects");
            default -> {
                // Most go straight on.
            }
        }
    }

    private void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(LONGEST_PAUSE));
    }

    private static Optional<UUID> job(Answer answer) {
        String id = answer.text("job_id");
        return id.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(id));
    }
}
