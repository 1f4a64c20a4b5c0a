package io.vmrestore.simulator.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One service's limits per project. */
public final class Quotas {
    public static final int UNLIMITED = -1;

    private final Table<Quota> table;
    private final Map<String, Integer> defaults;

    public Quotas(Engine engine, String tableName, Map<String, Integer> defaults) {
        this.table = engine.table(tableName, Quota.class);
        this.defaults = new LinkedHashMap<>(defaults);
    }

    /** Every limit of the project, in the service's order. */
    public Map<String, Integer> limits(String projectId) {
        Map<String, Integer> limits = new LinkedHashMap<>(defaults);
        table.find(projectId).ifPresent(quota -> limits.putAll(quota.limits()));
        return limits;
    }

    /** The limits of a project for which nobody changed any. */
    public Map<String, Integer> defaults() {
        return Collections.unmodifiableMap(defaults);
    }

    /** Gives the project the default limits again. */
    public void reset(String projectId) {
        table.remove(projectId);
    }

    /** The projects with limits of their own. */
    public List<String> changed() {
        return table.stream().map(Quota::id).toList();
    }

    public int limit(String projectId, String resource) {
        return limits(projectId).getOrDefault(resource, UNLIMITED);
    }

    /** Changes the named limits of a project and leaves its others. */
    public void change(String projectId, Map<String, Integer> changed) {
        Map<String, Integer> own =
                new LinkedHashMap<>(table.find(projectId).map(Quota::limits).orElse(Map.of()));
        own.putAll(changed);
        table.put(new Quota(projectId, own));
    }

    /** Whether the wanted amount on top of the used one stays within the limit. */
    public boolean allows(String projectId, String resource, int used, int wanted) {
        int limit = limit(projectId, resource);
        return limit == UNLIMITED || used + wanted <= limit;
    }
}
