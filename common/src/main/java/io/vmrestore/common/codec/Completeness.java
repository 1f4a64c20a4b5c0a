package io.vmrestore.common.codec;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are missing in data from outside. JSON knows no "never null"; the records say it by the absence of
 * {@code @Nullable}, and everything behind the codec relies on it.
 */
final class Completeness {
    private Completeness() {}

    /** The path of the first missing value, such as {@code /step/job_id}; empty if the record is complete. */
    static Optional<String> missing(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            Optional<String> missing = value == null && nullable(component) ? Optional.empty() : missingIn(value);
            if (missing.isPresent()) {
                return missing.map(path -> "/" + fieldName(component) + path);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> missingIn(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.of("");
            case Record nested -> missing(nested);
            case Collection<?> list -> first(list);
            // Maps are free-form: what the cloud or an executor said, also if it said null.
            default -> Optional.empty();
        };
    }

    private static Optional<String> first(Collection<?> values) {
        return values.stream()
                .map(Completeness::missingIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String fieldName(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("The accessor of a public record is public: " + component, impossible);
        }
    }
}
