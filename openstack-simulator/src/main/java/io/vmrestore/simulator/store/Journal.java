package io.vmrestore.simulator.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Resource;
import io.vmrestore.simulator.engine.Table;
import io.vmrestore.simulator.faults.Fault;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cloud's state as a file of JSON lines, one per changed row. An operation's changes are handed to the operating
 * system in one write before its answer is sent, so a killed process loses nothing it acknowledged (a power cut may).
 * The file is written anew, by atomic rename, at every start and whenever it has grown large.
 */
public final class Journal implements Engine.ChangeSink, AutoCloseable {
    private static final String FILE = "cloud.jsonl";
    private static final long REWRITE_ABOVE = 64L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(checker -> checker.withFieldVisibility(Visibility.ANY)
                    .withGetterVisibility(Visibility.NONE)
                    .withIsGetterVisibility(Visibility.NONE))
            .registerSubtypes(Fault.kinds().toArray(Class<?>[]::new))
            .build();

    private final Path file;
    private final Engine engine;
    private OutputStream out = OutputStream.nullOutputStream();
    private long written;
    private long rewriteAt = REWRITE_ABOVE;

    private Journal(Path directory, Engine engine) {
        this.file = directory.resolve(FILE);
        this.engine = engine;
    }

    /** Reads the state that the directory holds, if any, into the engine's tables, and keeps every later change. */
    public static Journal open(Path directory, Engine engine) {
        Journal journal = new Journal(directory, engine);
        try {
            Files.createDirectories(directory);
            if (Files.exists(journal.file)) {
                journal.load();
            }
            journal.rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot use its data directory " + directory + ".", e);
        }
        engine.commitTo(journal);
        return journal;
    }

    @Override
    public void commit(List<Engine.Change> changes) {
        ByteArrayOutputStream batch = new ByteArrayOutputStream(1024);
        for (Engine.Change change : changes) {
            writeLine(batch, change.table(), change.id(), change.value());
        }
        try {
            batch.writeTo(out);
            written += batch.size();
            if (written > rewriteAt) {
                rewrite();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot write " + file + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot close " + file + ".", e);
        }
    }

    private void load() throws IOException {
        Map<String, Map<String, JsonNode>> state = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> apply(state, line));
        }
        engine.run(() -> engine.tables().forEach(table -> load(table, state.getOrDefault(table.name(), Map.of()))));
    }

    private static void apply(Map<String, Map<String, JsonNode>> state, String line) {
        JsonNode change;
        try {
            change = MAPPER.readTree(line);
        } catch (JacksonException torn) {
            return; // The line a killed process was writing: nobody got an answer for it.
        }
        Map<String, JsonNode> rows =
                state.computeIfAbsent(change.path("table").asString(""), unused -> new LinkedHashMap<>());
        String id = change.path("id").asString("");
        if (change.has("value")) {
            rows.put(id, change.get("value"));
        } else {
            rows.remove(id);
        }
    }

    private static void load(Table<?> table, Map<String, JsonNode> rows) {
        rows.values().forEach(row -> table.load(MAPPER.treeToValue(row, table.type())));
    }

    private void rewrite() throws IOException {
        out.close();
        Path fresh = file.resolveSibling(FILE + ".new");
        try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(fresh))) {
            engine.tables()
                    .forEach(table -> table.all().forEach(row -> writeLine(target, table.name(), row.id(), row)));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = Files.size(file);
        rewriteAt = Math.max(REWRITE_ABOVE, 4 * written);
        out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    private static void writeLine(OutputStream target, String table, String id, @Nullable Resource value) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("table", table);
        line.put("id", id);
        if (value != null) {
            line.put("value", value);
        }
        try {
            target.write(MAPPER.writeValueAsBytes(line));
            target.write("\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
