package io.vmrestore.gateway.jobs;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.ETag;

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
        String begin = id + "-";
        return tags(headers)
                .map(ETag::tag)
                .filter(tag -> tag.startsWith(begin))
                .map(tag -> tag.substring(begin.length()))
                .filter(version -> version.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .max();
    }

    /** Whether the client has the job in whatever version ({@code *}, RFC 9110, section 13.1.2). */
    static boolean any(List<String> headers) {
        return tags(headers).anyMatch(ETag::isWildcard);
    }

    /** A comma within quotation marks parts no tags. */
    private static Stream<ETag> tags(List<String> headers) {
        return headers.stream().flatMap(header -> ETag.parse(header).stream());
    }
}
