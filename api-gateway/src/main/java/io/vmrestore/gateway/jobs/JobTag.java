package io.vmrestore.gateway.jobs;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** The entity tag of a job: its id and version. A job's document follows from them alone, so the tag is strong. */
final class JobTag {
    private JobTag() {}

    static String of(UUID id, long version) {
        return "\"" + id + "-" + version + "\"";
    }

    /**
     * The newest version of a job that a client knows.
     *
     * @param headers every {@code If-None-Match} header; what is no tag of this job is passed over
     */
    static OptionalLong version(UUID id, List<String> headers) {
        String begin = "\"" + id + "-";
        return Stream.of(String.join(",", headers).split(",", -1))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .filter(tag -> tag.startsWith(begin) && tag.endsWith("\""))
                .map(tag -> tag.substring(begin.length(), tag.length() - 1))
                .filter(version -> version.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .max();
    }
}
