package org.data2vec4j.interop.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.data2vec4j.core.ProtoMessage;
import org.data2vec4j.core.UserException;

/**
 * Writes a graph as a file of ONNX, tensor by tensor, so that the weights are never in memory twice. The file appears under its
 * name when all of it is written.
 */
final class OnnxFile {
    /** A message of protocol buffers has at most 2³¹ − 1 bytes; some are for the graph itself. */
    static final long LARGEST = Integer.MAX_VALUE - (64L << 20);

    private static final int IR_VERSION = 8; // what came with opset 17
    // ModelProto: ir_version = 1, producer_name = 2, graph = 7, opset_import = 8 {version = 2}, metadata_props = 14
    private static final int GRAPH = 7;
    private static final long ALIGNMENT = 64;
    private static final long SMALL = 1024;

    private final OnnxGraph graph;
    private final Map<String, String> metadata;
    private final long largest;

    OnnxFile(OnnxGraph graph, Map<String, String> metadata, long largest) {
        this.graph = graph;
        this.metadata = metadata;
        this.largest = largest;
    }

    void write(Path file) {
        Path data = file.resolveSibling(file.getFileName() + ".data");
        long bytes =
                graph.initializers().stream().mapToLong(Initializer::length).sum();
        try {
            if (bytes <= largest) {
                written(file, out -> writeModel(out, graph.initializers(), new ProtoMessage()));
                Files.deleteIfExists(data); // of an older, larger model of this name
                return;
            }
            // Shapes and the like stay inside: runtimes want to see them before they load weights.
            List<Initializer> small = graph.initializers().stream()
                    .filter(i -> i.length() < SMALL)
                    .toList();
            List<Initializer> large = graph.initializers().stream()
                    .filter(i -> i.length() >= SMALL)
                    .toList();
            written(data, out -> writeData(out, large));
            written(file, out -> writeModel(out, small, elsewhere(large, String.valueOf(data.getFileName()))));
        } catch (IOException e) {
            throw new UserException("cannot write " + file + ": " + e + "; choose another --output", e);
        }
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static void written(Path file, Content content) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(aside), 1 << 16)) {
                content.write(out);
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private void writeModel(OutputStream out, List<Initializer> within, ProtoMessage besides) throws IOException {
        ProtoMessage nodes = graph.message("data2vec4j").append(besides);
        List<ProtoMessage> heads = new ArrayList<>();
        long length = nodes.length();
        for (Initializer initializer : within) {
            ProtoMessage described = initializer.beforeBytes();
            long inner = described.length() + initializer.length();
            ProtoMessage head = new ProtoMessage()
                    .begun(OnnxGraph.initializerField(), inner)
                    .append(described);
            heads.add(head);
            length += head.length() + initializer.length();
        }
        out.write(model().begun(GRAPH, length).append(nodes).bytes());
        for (int i = 0; i < within.size(); i++) {
            out.write(heads.get(i).bytes());
            out.write(within.get(i).bytes().get());
        }
    }

    private ProtoMessage model() {
        ProtoMessage model = new ProtoMessage()
                .integer(1, IR_VERSION)
                .text(2, "data2vec4j")
                .message(8, new ProtoMessage().text(1, "").integer(2, Ops.OPSET));
        metadata.forEach((key, value) -> model.message(14, Initializer.entry(key, value)));
        return model;
    }

    /** Initializers whose bytes are in a file of their own. */
    private static ProtoMessage elsewhere(List<Initializer> initializers, String file) {
        ProtoMessage message = new ProtoMessage();
        long offset = 0;
        for (Initializer initializer : initializers) {
            message.message(OnnxGraph.initializerField(), initializer.elsewhere(file, offset));
            offset += aligned(initializer.length());
        }
        return message;
    }

    private static void writeData(OutputStream out, List<Initializer> initializers) throws IOException {
        for (Initializer initializer : initializers) {
            out.write(initializer.bytes().get());
            out.write(new byte[(int) (aligned(initializer.length()) - initializer.length())]);
        }
    }

    private static long aligned(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
