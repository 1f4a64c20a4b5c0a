package io.vmrestore.gateway.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of the status service: a job in the form of the contract between the modules. */
public final class Jobs {
    public static final String VM_ID = "0f1c9d2e-7a4b-4c1e-9f6e-2d3b4a5c6d7e";
    public static final String SNAPSHOT_ID = "5a0e8a55-5c57-4c0a-8f5a-0b8c4a6f1d11";
    public static final String PROJECT_ID = "a47cf8b4a2c846d8b1410dbdc41cec4d";

    private Jobs() {}

    /** A job without plan. */
    public static Map<String, Object> planning(String jobId) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("job_id", jobId);
        job.put("project_id", PROJECT_ID);
        job.put("vm_id", VM_ID);
        job.put("vm_name", "web-1");
        job.put("snapshot_id", SNAPSHOT_ID);
        job.put("mode", "NEW");
        job.put("ip_strategy", "NEW_IPS");
        job.put("status", "PLANNING");
        job.put("version", 1);
        job.put("execution", null);
        job.put("refusal", null);
        job.put("failure", null);
        job.put("plan", null);
        job.put("steps", List.of());
        return job;
    }

    /** A job with an eligible plan. */
    public static Map<String, Object> planned(String jobId) {
        Map<String, Object> job = planning(jobId);
        job.put("status", "PLANNED");
        job.put("version", 2);
        job.put(
                "plan",
                Map.of(
                        "new_name", "web-1-restored-20261122-180000",
                        "server", Map.of("id", VM_ID, "name", "web-1"),
                        "eligible", true,
                        "reasons", List.of(),
                        "user_data", Map.of("present", true, "bytes", 120)));
        return job;
    }

    public static Map<String, Object> with(Map<String, Object> job, String member, Object value) {
        job.put(member, value);
        return job;
    }
}
