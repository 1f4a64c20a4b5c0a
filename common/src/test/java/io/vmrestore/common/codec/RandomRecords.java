package io.vmrestore.common.codec;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records of any type with random values in every component; nullable ones are sometimes null. */
final class RandomRecords {
    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
    }

    <T> T next(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class ? list(last) : map(last);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw.isEnum()) {
            return pick(raw.getEnumConstants());
        }
        if (raw.isSealed()) {
            return value(pick(raw.getPermittedSubclasses()));
        }
        return simple(raw);
    }

    private Object simple(Class<?> type) {
        if (type == String.class) {
            return text();
        } else if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        } else if (type == int.class || type == Integer.class) {
            // No field of a record is ever negative but a quota without limit.
            return random.nextInt(Integer.MAX_VALUE) + 1;
        } else if (type == long.class || type == Long.class) {
            return random.nextLong(Long.MAX_VALUE) + 1;
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == Object.class) {
            return switch (random.nextInt(3)) {
                case 0 -> text();
                case 1 -> random.nextInt();
                default -> random.nextBoolean();
            };
        }
        throw new IllegalArgumentException("No random value for " + type);
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(this::component).toArray();
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        return nullable(component) && random.nextInt(3) == 0 ? null : value(component.getGenericType());
    }

    static boolean nullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private List<Object> list(Type element) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(_ -> value(element))
                .toList();
    }

    private Map<String, Object> map(Type element) {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(3)).forEach(_ -> map.put(text(), value(element)));
        return map;
    }

    /** With what JSON must escape and what needs more than one byte. */
    private String text() {
        String letters = "abc-09 \"\\/{}\n\tä漢\uD83D\uDE80";
        int[] points = letters.codePoints().toArray();
        return random.ints(random.nextInt(12), 0, points.length)
                .map(index -> points[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
