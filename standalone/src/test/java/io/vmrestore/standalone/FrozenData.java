package io.vmrestore.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A data directory that an earlier release has left, and what that release answered about the restores in it. */
record FrozenData(String archive, JsonNode answers) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** What {@code frozen/README.md} tells about. */
    static FrozenData of71e5066() {
        return read("/frozen/data-71e5066.tar.gz", "/frozen/jobs.json");
    }

    /** The restores that had ended, each with what was said about it. */
    List<JsonNode> ended() {
        return answers.path("ended").valueStream().toList();
    }

    /** The id of a restore that had not ended, by its name in {@code frozen/README.md}. */
    String unfinished(String name) {
        return answers.path("others")
                .valueStream()
                .filter(job -> job.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No unfinished restore is called " + name))
                .path("job_id")
                .asString();
    }

    /** Makes the directory as it was. */
    void unpack(Path directory) {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new GZIPInputStream(open(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entries, entry, directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Looks for what a later answer takes away from an earlier one. It may add fields: clients ignore those that they
     * do not know. What to do next is advice of the build that answers; only whether there is any must stay.
     *
     * @return the path of the first thing that is missing or different, and how
     */
    static Optional<String> lost(String path, JsonNode before, JsonNode now) {
        if (path.endsWith("/next_actions") && before.isEmpty() == now.isEmpty()) {
            return Optional.empty();
        }
        if (before.isObject() && now.isObject()) {
            return before.propertyStream()
                    .flatMap(field ->
                            lost(path + "/" + field.getKey(), field.getValue(), now.path(field.getKey())).stream())
                    .findFirst();
        }
        if (before.isArray() && now.isArray() && before.size() == now.size()) {
            for (int index = 0; index < before.size(); index++) {
                Optional<String> lost = lost(path + "/" + index, before.get(index), now.get(index));
                if (lost.isPresent()) {
                    return lost;
                }
            }
            return Optional.empty();
        }
        return before.equals(now) ? Optional.empty() : Optional.of(path + " was " + before + " and is " + now);
    }

    private static FrozenData read(String archive, String answers) {
        try (InputStream text = open(answers)) {
            return new FrozenData(archive, JsonMapper.shared().readTree(text));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static InputStream open(String resource) {
        InputStream found = FrozenData.class.getResourceAsStream(resource);
        if (found == null) {
            throw new AssertionError("There is no " + resource);
        }
        return new BufferedInputStream(found);
    }

    private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            if (Files.getFileStore(target).supportsFileAttributeView("posix")) {
                // PostgreSQL refuses a directory that others can read.
                Files.setPosixFilePermissions(target, OWNER_ONLY);
            }
        } else if (entry.isLink()) {
            // The archive holds equal files once; on disk each is changed on its own.
            Files.copy(root.resolve(entry.getLinkName()), target);
        } else {
            Files.copy(entries, target);
        }
    }
}
