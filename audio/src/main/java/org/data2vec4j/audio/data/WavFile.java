package org.data2vec4j.audio.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.data2vec4j.audio.data.decode.AudioClip;

/** Writes recordings as WAV files of 32-bit floats, which read back exactly (Microsoft and IBM, "Multimedia Programming Interface"). */
final class WavFile {
    private static final int HEADER = 44;
    private static final short FLOATS = 3;

    private WavFile() {}

    /** The bytes of the recording's file. */
    static byte[] encode(AudioClip clip) {
        int data = Math.multiplyExact(Float.BYTES, clip.samples().length);
        ByteBuffer out = ByteBuffer.allocate(HEADER + data).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + data);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort(FLOATS).putShort((short) 1).putInt(clip.sampleRate()).putInt(Float.BYTES * clip.sampleRate());
        out.putShort((short) Float.BYTES).putShort((short) Float.SIZE);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
        out.asFloatBuffer().put(clip.samples());
        return out.array();
    }
}
