package org.data2vec4j.train.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads event files, written from the format's description and sharing no code with the writer; checks both CRCs. */
final class EventFileDecoder {
    record Event(double wallTime, long step, String fileVersion, int sessionStatus, Map<String, Float> values) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(int number, long bits, byte[] bytes) {}

    private EventFileDecoder() {}

    static List<Event> decode(Path file) {
        ByteBuffer in;
        try {
            in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[8];
            in.get(length);
            assertThat(unmask(in.getInt())).isEqualTo(crc(length));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            in.get(data);
            assertThat(unmask(in.getInt())).isEqualTo(crc(data));
            events.add(event(data));
        }
        return events;
    }

    private static Event event(byte[] data) {
        double wallTime = 0;
        long step = 0;
        String version = "";
        int status = 0;
        Map<String, Float> values = new LinkedHashMap<>();
        for (Field field : fields(data)) {
            switch (field.number) {
                case 1 -> wallTime = Double.longBitsToDouble(field.bits);
                case 2 -> step = field.bits;
                case 3 -> version = new String(field.bytes, StandardCharsets.UTF_8);
                case 5 -> fields(field.bytes).forEach(value -> value(value.bytes, values));
                case 7 -> status = (int) fields(field.bytes).get(0).bits;
                default -> throw new AssertionError("unexpected field " + field.number);
            }
        }
        return new Event(wallTime, step, version, status, values);
    }

    private static void value(byte[] data, Map<String, Float> values) {
        List<Field> fields = fields(data);
        assertThat(fields).extracting(Field::number).containsExactly(1, 2);
        values.put(new String(fields.get(0).bytes, StandardCharsets.UTF_8), Float.intBitsToFloat((int)
                fields.get(1).bits));
    }

    private static List<Field> fields(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag / 8);
            byte[] none = {};
            switch ((int) (tag % 8)) {
                case 0 -> fields.add(new Field(number, varint(in), none));
                case 1 -> fields.add(new Field(number, in.getLong(), none));
                case 2 -> {
                    byte[] bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    fields.add(new Field(number, 0, bytes));
                }
                case 5 -> fields.add(new Field(number, in.getInt(), none));
                default -> throw new AssertionError("wire type " + tag % 8);
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static int crc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return (int) crc.getValue();
    }

    private static int unmask(int masked) {
        int rotated = masked - 0xA282EAD8;
        return (rotated >>> 17) | (rotated << 15);
    }
}
