/** The native libraries for Windows on x86-64; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.windows.x86_64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.${natives.windows-x86_64.module};
    requires org.bytedeco.openblas.${natives.windows-x86_64.module};
    requires org.bytedeco.pytorch.${natives.windows-x86_64.module}${pytorch.variant.module};
    requires org.bytedeco.ffmpeg.${natives.windows-x86_64.module};

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.windows.WindowsX8664;
}
