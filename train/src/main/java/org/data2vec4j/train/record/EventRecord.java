package org.data2vec4j.train.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.data2vec4j.core.ProtoMessage;
import org.data2vec4j.train.listener.Metric;

/**
 * TensorBoard events as framed records: TensorFlow's {@code event.proto} and {@code summary.proto} in the TFRecord framing of
 * length (u64), masked CRC of the length (u32), message, masked CRC of the message (u32), all little-endian.
 */
final class EventRecord {
    // Event: wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7
    private static final int SESSION_START = 1;

    private EventRecord() {}

    /** The record every event file begins with. */
    static byte[] version(double wallTime) {
        return frame(new ProtoMessage().number(1, wallTime).text(3, "brain.Event:2"));
    }

    /** A session that begins before {@code step}: what older files hold from this step on is void. */
    static byte[] sessionStart(double wallTime, long step) {
        ProtoMessage session = new ProtoMessage().integer(1, SESSION_START);
        return frame(new ProtoMessage().number(1, wallTime).integer(2, step).message(7, session));
    }

    /** The values of one step; a value that is not finite stays so, TensorBoard draws it as a triangle. */
    static byte[] scalars(double wallTime, long step, List<Metric> metrics) {
        ProtoMessage summary = new ProtoMessage();
        for (Metric metric : metrics) {
            summary.message(1, new ProtoMessage().text(1, metric.name()).number(2, (float) metric.value()));
        }
        return frame(new ProtoMessage().number(1, wallTime).integer(2, step).message(5, summary));
    }

    private static byte[] frame(ProtoMessage message) {
        byte[] data = message.bytes();
        ByteBuffer record = ByteBuffer.allocate(8 + 4 + data.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), 8));
        record.put(data);
        record.putInt(maskedCrc(data, data.length));
        return record.array();
    }

    /** CRC-32C, rotated and offset so that a record that holds CRCs does not confuse its own check (TensorFlow, crc32c.h). */
    static int maskedCrc(byte[] data, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
    }
}
