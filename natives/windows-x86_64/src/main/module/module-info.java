/** The native libraries for Windows on x86-64; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.windows.x86_64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.windows.x86_64;
    requires org.bytedeco.openblas.windows.x86_64;
    requires org.bytedeco.pytorch.windows.x86_64;
    requires org.bytedeco.ffmpeg.windows.x86_64;

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.windows.WindowsX8664;
}
