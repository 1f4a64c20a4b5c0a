package io.vmrestore.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineageTest {

    @Test
    void survivesTheDeletionOfAVolumeInItsMiddle() {
        Map<String, String> second = Map.of(Origin.VOLUME, "v1");
        Map<String, String> third = Map.of(Origin.VOLUME, "v2", Origin.EARLIER, Origin.earlierAfter(second));
        Map<String, String> fourth = Map.of(Origin.VOLUME, "v3", Origin.EARLIER, Origin.earlierAfter(third));

        assertThat(of("v4", Map.of("v4", fourth, "v3", third, "v2", second))).containsExactly("v4", "v3", "v2", "v1");
        assertThat(of("v4", Map.of("v4", fourth, "v3", third))).containsExactly("v4", "v3", "v2", "v1");
        assertThat(of("v4", Map.of("v4", fourth))).containsExactly("v4", "v3", "v2", "v1");
    }

    @Test
    void recordsAsManyAsFitTheNearestFirst() {
        String id = "0123456789abcdef0123456789abcdef0123";
        Map<String, String> metadata =
                Map.of(Origin.VOLUME, id, Origin.EARLIER, (id + " ").repeat(7).strip());

        assertThat(Origin.earlierAfter(metadata)).hasSizeLessThanOrEqualTo(255).startsWith(id);
        assertThat(Origin.earlier(Map.of(Origin.EARLIER, Origin.earlierAfter(metadata))))
                .hasSize(6);
        assertThat(Origin.earlierAfter(Map.of())).isEmpty();
    }

    private static List<String> of(String boot, Map<String, Map<String, String>> volumes) {
        return Lineage.until(volume -> false, boot, Map.of(), volume -> volumes.getOrDefault(volume, Map.of()));
    }
}
