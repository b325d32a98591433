package org.data2vec4j.model.teacher;

import java.util.LinkedHashMap;
import java.util.Map;
import org.data2vec4j.model.encoder.Encoder;
import org.data2vec4j.model.nn.Module;

/** What of the student's encoder a teacher averages; it takes the rest from the student as it is. */
public enum TeacherPart {
    /** Everything, as published for images. */
    ENCODER {
        @Override
        public Map<String, Module> of(Encoder encoder) {
            return Map.of(NAME, encoder);
        }
    },
    /** Everything but the feature encoder, as published for speech. */
    BEHIND_FEATURE_ENCODER {
        @Override
        public Map<String, Module> of(Encoder encoder) {
            return named(encoder.afterFeatureEncoder());
        }
    },
    /** Everything but the feature encoder and the convolutional positions, as published for speech by data2vec 1. */
    BEHIND_POSITIONS {
        @Override
        public Map<String, Module> of(Encoder encoder) {
            return named(encoder.afterPositions());
        }
    },
    /** The shared blocks, as published for text. */
    BLOCKS {
        @Override
        public Map<String, Module> of(Encoder encoder) {
            return Map.of(NAME + ".main", encoder.blocks());
        }
    };

    private static final String NAME = "encoder";

    private static Map<String, Module> named(Map<String, Module> ofEncoder) {
        Map<String, Module> modules = new LinkedHashMap<>();
        ofEncoder.forEach((name, module) -> modules.put(NAME + "." + name, module));
        return modules;
    }

    /** The averaged modules of an encoder, by the first part of their parameters' names, in the order of a teacher's buffer. */
    public abstract Map<String, Module> of(Encoder encoder);
}
