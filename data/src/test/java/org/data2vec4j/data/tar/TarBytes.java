package org.data2vec4j.data.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes archives for tests: ustar headers, GNU long names, pax paths. */
public final class TarBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TarBytes file(String name, byte[] data) {
        return entry(name, '0', data);
    }

    public TarBytes text(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes gnuLong(String name, byte[] data) {
        entry("././@LongLink", 'L', (name + "\0").getBytes(StandardCharsets.UTF_8));
        return file(name.substring(0, 99), data);
    }

    public TarBytes pax(String name, byte[] data) {
        int body = " path=".length() + name.getBytes(StandardCharsets.UTF_8).length + 1;
        int length = body + Integer.toString(body + 3).length();
        entry("PaxHeaders/x", 'x', (length + " path=" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return file("short", data);
    }

    public TarBytes entry(String name, char type, byte[] data) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(Locale.ROOT, "%011o", data.length));
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0", sum));
        out.writeBytes(header);
        out.writeBytes(data);
        out.writeBytes(new byte[(512 - data.length % 512) % 512]);
        return this;
    }

    public byte[] unfinished() {
        return out.toByteArray();
    }

    public byte[] finish() {
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
