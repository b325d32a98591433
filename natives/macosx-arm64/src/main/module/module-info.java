/** The native libraries for macOS on ARM; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.macosx.arm64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.macosx.arm64;
    requires org.bytedeco.openblas.macosx.arm64;
    requires org.bytedeco.pytorch.macosx.arm64;
    requires org.bytedeco.ffmpeg.macosx.arm64;

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.macosx.MacosxArm64;
}
