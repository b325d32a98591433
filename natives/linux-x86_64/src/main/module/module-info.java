/** The native libraries for Linux on x86-64; present in the module graph because {@code org.data2vec4j.tensor} asks for the service. */
module org.data2vec4j.natives.linux.x86_64 {
    requires org.data2vec4j.core;
    requires org.bytedeco.javacpp.linux.x86_64;
    requires org.bytedeco.openblas.linux.x86_64;
    requires org.bytedeco.pytorch.linux.x86_64;
    requires org.bytedeco.ffmpeg.linux.x86_64;

    provides org.data2vec4j.core.NativePlatform with
            org.data2vec4j.natives.linux.LinuxX8664;
}
