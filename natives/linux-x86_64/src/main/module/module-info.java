/** The native libraries for Linux on x86-64; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.linux.x86_64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.${natives.linux-x86_64.module};
    requires org.bytedeco.openblas.${natives.linux-x86_64.module};
    requires org.bytedeco.pytorch.${natives.linux-x86_64.module}${pytorch.variant.module};
    requires org.bytedeco.ffmpeg.${natives.linux-x86_64.module};

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.linux.LinuxX8664;
}
