package org.data2vec4j.interop.fairseq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.UserException;
import org.junit.jupiter.api.Test;

class PlainSettingsTest {
    @Test
    void containersAndValuesAreCopiedAndOtherThingsNamed() {
        Map<Object, Object> settings = new LinkedHashMap<>();
        settings.put("a", List.of(1L, 2.5, true, "x"));
        settings.put(3L, new byte[4]);
        assertThat(PlainSettings.of(settings)).isEqualTo(Map.of("a", List.of(1L, 2.5, true, "x"), "3", "(byte[])"));
    }

    @Test
    void whatContainsItselfOrRepeatsWithoutEndIsRefused() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        List<Object> doubled = List.of(1L);
        for (int i = 0; i < 60; i++) {
            doubled = List.of(doubled, doubled);
        }
        for (Object bomb : List.<Object>of(itself, doubled)) {
            assertThatThrownBy(() -> PlainSettings.of(Map.of("model", bomb)))
                    .isInstanceOf(UserException.class)
                    .hasMessage("its settings contain themselves, or repeat without end; refused");
        }
    }
}
