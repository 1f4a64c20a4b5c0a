package io.vmrestore.status.query;

import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.common.contract.RestoreEvent.StepProgressed;
import io.vmrestore.common.contract.RestoreEvent.StepStarted;
import io.vmrestore.status.testing.EventTopic;
import io.vmrestore.status.testing.HttpProbe;
import io.vmrestore.status.testing.RestoreLife;
import io.vmrestore.status.testing.StatusService;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Measures the time from publishing an event to the answer of a reader who waits for it: broker, fold, table, notice
 * and HTTP together. A program, not a test.
 */
final class LatencyBenchmark {
    private static final int WARM_UP = 1_000;
    private static final int MEASURED = 1_000;

    private LatencyBenchmark() {}

    public static void main(String[] arguments) {
        try (StatusService service = StatusService.start().awaitReady();
                EventTopic topic = new EventTopic()) {
            RestoreLife life = RestoreLife.smooth(90_000);
            int started = 0;
            while (!(life.events().get(started) instanceof StepStarted)) {
                started++;
            }
            List<RestoreEvent> before = life.events().subList(0, started + 1);
            StepStarted step = (StepStarted) before.getLast();
            topic.publish(before);
            HttpProbe http = service.http("viewer");
            String path = "/internal/jobs/" + life.jobId() + "?wait_millis=60000&after_version=";
            long version = before.size() - 1L;
            http.get(path + version++);
            long[] nanos = new long[MEASURED];
            for (int round = 0; round < WARM_UP + MEASURED; round++) {
                CompletableFuture<HttpResponse<String>> answer = http.getAsync(path + version++);
                if (round % 100 == 0) {
                    while (!service.hasWaitingReaders()) {
                        Thread.onSpinWait();
                    }
                }
                long begin = System.nanoTime();
                topic.publish(List.of(new StepProgressed(
                        step.step(), step.time().plusMillis(round), List.of(), Map.of("percent", round % 100))));
                answer.join();
                if (round >= WARM_UP) {
                    nanos[round - WARM_UP] = System.nanoTime() - begin;
                }
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "MEASURED publish to woken reader: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms%n",
                    nanos[MEASURED / 2] / 1e6, nanos[MEASURED * 9 / 10] / 1e6, nanos[MEASURED * 99 / 100] / 1e6);
        }
        System.exit(0);
    }
}
