/** The native libraries for macOS on ARM; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.macosx.arm64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.${natives.macosx-arm64.module};
    requires org.bytedeco.openblas.${natives.macosx-arm64.module};
    requires org.bytedeco.pytorch.${natives.macosx-arm64.module}${pytorch.variant.module};
    requires org.bytedeco.ffmpeg.${natives.macosx-arm64.module};

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.macosx.MacosxArm64;
}
