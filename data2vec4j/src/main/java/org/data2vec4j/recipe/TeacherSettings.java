package org.data2vec4j.recipe;

import org.data2vec4j.model.method.MethodConfig;
import org.data2vec4j.model.method.aqc.AqcConfig;
import org.data2vec4j.model.method.data2vec1.Data2Vec1Config;
import org.data2vec4j.model.method.data2vec2.Data2Vec2Config;
import org.data2vec4j.model.teacher.TeacherConfig;
import org.jspecify.annotations.Nullable;

/**
 * Where a recipe has its teacher.
 *
 * @param key such as {@code data2vec2.teacher}
 * @param values those of the recipe
 */
public record TeacherSettings(String key, TeacherConfig values) {
    /** Those of a method; null of one without a teacher. */
    public static @Nullable TeacherSettings of(MethodConfig method) {
        if (method instanceof Data2Vec2Config second) {
            return new TeacherSettings("data2vec2.teacher", second.teacher());
        }
        if (method instanceof Data2Vec1Config first) {
            return new TeacherSettings("data2vec1.teacher", first.teacher());
        }
        return method instanceof AqcConfig aqc ? new TeacherSettings("aqc.teacher", aqc.teacher()) : null;
    }
}
