package org.data2vec4j.audio.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.data2vec4j.core.Rng;
import org.data2vec4j.data.ffmpeg.ByteSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,8,0.004", "1,16,0.00002", "1,24,1e-7", "1,32,1e-7", "3,32,1e-7", "3,64,1e-7"})
    void everySampleFormatIsRead(int codec, int bits, double tolerance) throws IOException {
        double[] samples = {0, 0.5, -0.5, 0.25, -1, 0.999, 0.125};
        for (boolean extensible : new boolean[] {false, true}) {
            WavBytes wav = new WavBytes().format(codec, bits).rate(8000);
            AudioClip clip = AudioDecoder.decode((extensible ? wav.extensible() : wav).of(samples));
            assertThat(clip.sampleRate()).isEqualTo(8000);
            assertThat(clip.samples()).hasSize(samples.length);
            assertThat(clip.seconds()).isEqualTo(samples.length / 8000.0);
            for (int i = 0; i < samples.length; i++) {
                assertThat((double) clip.samples()[i])
                        .isCloseTo(samples[i], within(tolerance + 1.0 / (1L << (bits - 1))));
            }
        }
    }

    @Test
    void channelsAreAveraged() throws IOException {
        assertThat(decode(new WavBytes().channels(2).format(3, 32).of(0.5, 0.25, -1, 1, 0.75, 0.75)))
                .containsExactly(0.375f, 0, 0.75f);
        assertThat(decode(new WavBytes().channels(8).format(3, 32).of(1, 2, 3, 4, 5, 6, 7, 8)))
                .containsExactly(4.5f);
    }

    @Test
    void otherChunksArePassedOverOddLengthsPadded() throws IOException {
        byte[] wav = new WavBytes()
                .chunk("LIST", new byte[7])
                .chunk("bext", new byte[602])
                .chunk("junk", new byte[1])
                .of(0.5, -0.5);
        assertThat(decode(wav)).containsExactly(0.5f, -0.5f);
        byte[] more = Arrays.copyOf(wav, wav.length + 9); // something behind the data
        assertThat(decode(more)).containsExactly(0.5f, -0.5f);
    }

    /** What programs write into a pipe, where they cannot go back to the header. */
    @ParameterizedTest
    @CsvSource({"-1,-1", "4294967295,4294967295", "0,0", "36,0", "2147483647,2147479552", "4294967295,4294967258"})
    void sizesOfAStreamMeanToTheEnd(long riff, long data) throws IOException {
        byte[] wav = new WavBytes().sizes(riff, data).of(0.5, -0.5, 0.25);
        assertThat(decode(wav)).containsExactly(0.5f, -0.5f, 0.25f);
        byte[] halfFrame = Arrays.copyOf(wav, wav.length - 1);
        if (riff != -1) {
            assertThat(decode(halfFrame)).containsExactly(0.5f, -0.5f);
        }
    }

    @Test
    void longFilesHaveTheirSizeInAChunkOfItsOwn() throws IOException {
        byte[] wav = new WavBytes().sizes(0xFFFFFFFFL, 0xFFFFFFFFL).of(0.5, -0.5, 0.25);
        byte[] rf64 = new byte[wav.length + 36];
        System.arraycopy(wav, 0, rf64, 0, 12);
        System.arraycopy("RF64".getBytes(StandardCharsets.US_ASCII), 0, rf64, 0, 4);
        System.arraycopy("ds64".getBytes(StandardCharsets.US_ASCII), 0, rf64, 12, 4);
        rf64[16] = 28;
        rf64[28] = 4; // data of four bytes: two samples
        System.arraycopy(wav, 12, rf64, 48, wav.length - 12);
        assertThat(decode(rf64)).containsExactly(0.5f, -0.5f);
    }

    @Test
    void damagedFilesSayWhy() {
        byte[] good = new WavBytes().of(0.5, -0.5, 0.25);
        assertReason(new byte[0], "the file is empty");
        assertReason(Arrays.copyOf(good, 20), "cut off in its header");
        assertReason(Arrays.copyOf(good, 36), "header only");
        assertReason(Arrays.copyOf(good, 45), "promises 6 bytes, found 1");
        assertReason(Arrays.copyOf(good, 48), "promises 6 bytes, found 4");
        assertReason(new WavBytes().of(new double[0]), "no samples");
        assertReason(new WavBytes().channels(0).of(0.5), "0 channels");
        assertReason(new WavBytes().rate(0).of(0.5), "sample rate is 0 Hz");
        assertReason(new WavBytes().rate(-1).of(0.5), "sample rate is 4294967295 Hz");
        assertReason(new WavBytes().format(3, 16).around(new byte[8]), "16-bit float");
        assertReason(new WavBytes().format(1, 64).around(new byte[8]), "64-bit integer");
        assertReason(new WavBytes().format(3, 32).of(0.5, Double.NaN, 0.25), "sample 1 is NaN");
        assertReason(new WavBytes().format(3, 64).of(0.5, 1e300), "sample 1 is Infinity");
        byte[] noFormat = good.clone();
        noFormat[12] = 'x';
        assertReason(noFormat, "no fmt chunk");
        byte[] shortFormat = good.clone();
        shortFormat[16] = 4;
        assertReason(shortFormat, "fmt chunk of the WAV file has 4 bytes");
    }

    /** No bytes at all may end in anything but samples or a reason. */
    @Test
    void randomDamageNeverEscapes() {
        byte[] good = new WavBytes()
                .channels(2)
                .extensible()
                .chunk("LIST", new byte[5])
                .of(new double[40]);
        Rng rng = Rng.of(7);
        for (int round = 0; round < 500; round++) {
            byte[] bad = Arrays.copyOf(good, 1 + rng.nextInt(good.length));
            for (int i = 0; i < 3; i++) {
                bad[rng.nextInt(Math.min(bad.length, 80))] = (byte) rng.nextInt(256);
            }
            if (bad.length < 12 || bad[0] != 'R' || bad[1] != 'I' || bad[8] != 'W') {
                continue; // no longer ours
            }
            try {
                ByteSource source = ByteSource.of(bad);
                WavHeader header = WavHeader.isWav(source) ? WavHeader.read(source) : null;
                if (header != null) {
                    assertThat(new WavStream(source, header).read(new float[100], 0, 100))
                            .isPositive();
                }
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void filesAndBytesAndPiecesAreTheSame() throws IOException {
        Rng rng = Rng.of(1);
        double[] samples = new double[50_000];
        Arrays.setAll(samples, i -> rng.nextDouble(-1, 1));
        byte[] wav = new WavBytes().rate(22_050).channels(2).of(samples);
        Path file = Files.write(folder.resolve("größe.wav"), wav);
        float[] whole = AudioStream.open(wav).readAll();
        assertThat(whole).hasSize((int) AudioResampler.length(25_000, 22_050, 16_000));
        try (AudioStream stream = AudioStream.open(file)) {
            float[] pieces = new float[whole.length + 10];
            int at = 0;
            int got = stream.read(pieces, 0, 1);
            while (got > 0) {
                at += got;
                got = stream.read(pieces, at, Math.min(1 + rng.nextInt(3000), pieces.length - at));
            }
            assertThat(Arrays.copyOf(pieces, at)).isEqualTo(whole);
        }
        try (ByteSource source = ByteSource.of(file)) {
            assertThat(AudioDecoder.durationFromHeader(source)).isEqualTo(whole.length);
        }
        assertThat(AudioDecoder.measure(ByteSource.of(file))).isEqualTo(whole.length);
        assertThat(Files.deleteIfExists(file)).isTrue();
    }

    private static float[] decode(byte[] wav) throws IOException {
        return AudioDecoder.decode(wav).samples();
    }

    private static void assertReason(byte[] wav, String reason) {
        assertThatThrownBy(() -> decode(wav)).isInstanceOf(IOException.class).hasMessageContaining(reason);
    }
}
