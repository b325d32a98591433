package org.data2vec4j.audio.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegTest {
    @TempDir
    Path folder;

    private static float[] tone(int rate, int channels, int frames, double... gains) {
        float[] samples = new float[frames * channels];
        for (int i = 0; i < frames; i++) {
            for (int channel = 0; channel < channels; channel++) {
                samples[i * channels + channel] =
                        (float) (gains[channel % gains.length] * Math.sin(2 * Math.PI * 500 * i / rate));
            }
        }
        return samples;
    }

    /** The amplitude of 500 Hz in the middle half. */
    private static double amplitude(float[] samples) {
        int from = samples.length / 4;
        int count = samples.length / 2 / 32 * 32;
        double re = 0;
        double im = 0;
        for (int i = from; i < from + count; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * i / 32);
            im += samples[i] * Math.sin(2 * Math.PI * i / 32);
        }
        return 2 * Math.hypot(re, im) / count;
    }

    @Test
    void flacIsExactAndItsLengthIsInItsHeader() throws IOException {
        Rng rng = Rng.of(5);
        float[] samples = new float[10_001];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(rng.nextDouble(-1, 1) * 32767) / 32767f;
        }
        byte[] flac = Encoded.of("flac", "flac", 8_000, 1, samples);
        AudioClip clip = AudioDecoder.decode(flac);
        assertThat(clip.sampleRate()).isEqualTo(8_000);
        assertThat(clip.samples()).hasSize(samples.length);
        for (int i = 0; i < samples.length; i++) {
            assertThat((double) clip.samples()[i]).isCloseTo(Math.round(samples[i] * 32767) / 32768.0, within(1e-9));
        }
        assertThat(AudioDecoder.durationFromHeader(ByteSource.of(flac))).isEqualTo(20_002);
        assertThat(AudioDecoder.measure(ByteSource.of(flac))).isEqualTo(20_002);
    }

    @ParameterizedTest
    @CsvSource({
        "flac,flac,44100",
        "mp3,libmp3lame,44100",
        "ogg,vorbis,44100",
        "ogg,libopus,48000",
        "ipod,aac,44100",
        "wv,wavpack,22050"
    })
    void everyFormatIsDecodedAndItsChannelsAveraged(String format, String codec, int rate) throws IOException {
        byte[] file = Encoded.of(format, codec, rate, 2, tone(rate, 2, rate, 0.8, 0.4));
        try (AudioStream stream = AudioStream.open(Files.write(folder.resolve("a"), file))) {
            float[] samples = stream.readAll();
            assertThat(samples.length).isBetween(16_000 - 50, 16_000 + 1_600); // codecs pad
            assertThat(amplitude(samples))
                    .isCloseTo(
                            0.6, within(0.04)); // LAME turns everything down by 5 %; FFmpeg's own down-mix gives 0.85
            assertThat(AudioStream.open(file).readAll()).isEqualTo(samples);
            assertThat(AudioDecoder.measure(ByteSource.of(file))).isEqualTo(samples.length);
        }
    }

    @Test
    void eightChannels() throws IOException {
        byte[] flac = Encoded.of("flac", "flac", 16_000, 8, tone(16_000, 8, 16_000, 0.8, 0.4, 0, 0));
        assertThat(amplitude(AudioDecoder.decode(flac).samples())).isCloseTo(0.3, within(0.001));
    }

    @Test
    void codecsInsideWavAreLeftToFfmpeg() throws IOException {
        byte[] law = new byte[8_000];
        Arrays.fill(law, (byte) 0xFF); // μ-law silence
        float[] samples = AudioDecoder.decode(
                        new WavBytes().format(7, 8).rate(8_000).around(law))
                .samples();
        assertThat(samples).hasSize(8_000).containsOnly(0f);
    }

    @Test
    void damagedFilesSayWhy() throws IOException {
        byte[] flac = Encoded.of("flac", "flac", 16_000, 1, tone(16_000, 1, 30_000, 0.5));
        assertThatThrownBy(() -> AudioDecoder.decode(Arrays.copyOf(flac, flac.length - 5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        int frame = flac.length - 2; // the beginning of the last frame
        while ((flac[frame] & 0xFF) != 0xFF || (flac[frame + 1] & 0xFF) != 0xF8) {
            frame--;
        }
        byte[] wholeFrames = Arrays.copyOf(flac, frame);
        assertThatThrownBy(() -> AudioDecoder.decode(wholeFrames))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its header promises 30000 samples, found 2");
        for (byte[] bad : List.of(
                "this is no recording at all, but a text".getBytes(StandardCharsets.UTF_8),
                new byte[5000],
                Arrays.copyOf(flac, 20),
                new byte[] {1})) {
            assertThatThrownBy(() -> AudioDecoder.decode(bad)).isInstanceOf(IOException.class);
        }
    }

    /** A playlist under the name of a recording must not open other files. */
    @Test
    void playlistsOpenNothing() throws IOException {
        Path secret = Files.write(folder.resolve("secret.wav"), new WavBytes().of(new double[16_000]));
        String list = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + secret + "\n#EXT-X-ENDLIST\n";
        assertThatThrownBy(() -> AudioDecoder.decode(list.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        String concat = "ffconcat version 1.0\nfile '" + secret + "'\n";
        assertThatThrownBy(() -> AudioDecoder.decode(concat.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void manyThreadsAndFailuresLeaveNothingBehind() throws Exception {
        byte[] good = Encoded.of("mp3", "libmp3lame", 44_100, 2, tone(44_100, 2, 22_050, 0.5));
        byte[] bad = Arrays.copyOf(new byte[] {'f', 'L', 'a', 'C'}, 500);
        float[] expected = AudioStream.open(good).readAll();
        decodeMany(good, bad, expected, 20);
        long before = Pointer.totalCount();
        long resident = Pointer.physicalBytes();
        decodeMany(good, bad, expected, 400);
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before + 50);
        assertThat(Pointer.physicalBytes() - resident).isLessThan(200L << 20);
    }

    private static void decodeMany(byte[] good, byte[] bad, float[] expected, int count) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tasks.add(pool.submit(() -> {
                    try (AudioStream stream = AudioStream.open(good)) {
                        assertThat(stream.readAll()).isEqualTo(expected);
                    }
                    assertThatThrownBy(() -> AudioDecoder.decode(bad)).isInstanceOf(IOException.class);
                    return null;
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** WAV needs no native library: nothing of FFmpeg is loaded for it. */
    @Test
    void wavWorksWithoutFfmpeg() throws Exception {
        String output = measureInNewJvm(new WavBytes().rate(8_000).of(new double[800]));
        assertThat(output)
                .contains("org.data2vec4j.audio.data.decode.WavStream")
                .doesNotContain("org.bytedeco");
    }

    /** Nothing else has loaded the library when the first recording comes. */
    @Test
    void theLibraryLoadsItselfOnFirstNeed() throws Exception {
        assertThat(measureInNewJvm(Encoded.of("flac", "flac", 8_000, 1, new float[800])))
                .contains("org.bytedeco.ffmpeg.global.avformat");
    }

    private String measureInNewJvm(byte[] recording) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measure.class.getName(),
                        Files.write(folder.resolve("recording"), recording).toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What the tests above run. */
    static final class Measure {
        private Measure() {}

        public static void main(String[] arguments) throws IOException {
            if (AudioDecoder.measure(ByteSource.of(Path.of(arguments[0]))) != 1_600) {
                throw new AssertionError("wrong length");
            }
        }
    }
}
