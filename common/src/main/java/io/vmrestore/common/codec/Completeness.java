package io.vmrestore.common.codec;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are missing in data from outside. JSON knows no "never null"; the records say it by the absence of
 * {@code @Nullable}, and everything behind the codec relies on it.
 */
final class Completeness {
    /** Looking up what a class is made of costs several times as much as looking at its values. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Component::of).toList();
        }
    };

    private record Component(Method accessor, String fieldName, boolean nullable) {
        static Component of(RecordComponent component) {
            return new Component(
                    component.getAccessor(),
                    component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("The accessor of a public record is public: " + accessor, impossible);
            }
        }
    }

    private Completeness() {}

    /** The path of the first missing value, such as {@code /step/job_id}; empty if the record is complete. */
    static Optional<String> missing(Record record) {
        for (Component component : COMPONENTS.get(record.getClass())) {
            Object value = component.of(record);
            Optional<String> missing = value == null && component.nullable() ? Optional.empty() : missingIn(value);
            if (missing.isPresent()) {
                return missing.map(path -> "/" + component.fieldName() + path);
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
        for (Object value : values) {
            Optional<String> missing = missingIn(value);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }
}
