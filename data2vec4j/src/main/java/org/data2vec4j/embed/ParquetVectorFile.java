package org.data2vec4j.embed;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** A Parquet file of two columns, {@code name} (string) and {@code vector} (list of floats), as Spark and pandas read it. */
final class ParquetVectorFile implements VectorWriter {
    static {
        // The jars of Parquet share packages with each other, so they cannot be modules: they are on the class path
        // even when this
        // library is on the module path.
        Module own = ParquetVectorFile.class.getModule();
        own.addReads(ParquetVectorFile.class.getClassLoader().getUnnamedModule());
    }

    private static final MessageType SCHEMA = Types.buildMessage()
            .required(BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("name")
            .requiredList()
            .requiredElement(FLOAT)
            .named("vector")
            .named("embedding");

    private final StagedFile file;
    private final ParquetWriter<Row> out;

    /** A sample's name and vector. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String name, float[] vector) {}

    ParquetVectorFile(Path target) {
        this.file = StagedFile.of(target);
        try {
            Files.deleteIfExists(file.path()); // of a command that was killed
            this.out = new RowWriter(new LocalOutputFile(file.path())).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(String name, float[] vector) {
        try {
            out.write(new Row(name, vector));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        file.finish(out);
    }

    @Override
    public void close() {
        file.discard(out);
    }

    /** Floats neither compress nor repeat, so nothing tries. */
    private static final class RowWriter extends ParquetWriter.Builder<Row, RowWriter> {
        RowWriter(OutputFile file) {
            super(file);
            withConf(new PlainParquetConfiguration());
            withCompressionCodec(CompressionCodecName.UNCOMPRESSED);
            withDictionaryEncoding(false);
        }

        @Override
        protected RowWriter self() {
            return this;
        }

        @Override
        @Deprecated // abstract there, so it has to be
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new RowSupport();
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new RowSupport();
        }
    }

    private static final class RowSupport extends WriteSupport<Row> {
        @SuppressWarnings("NullAway.Init") // prepareForWrite comes first
        private RecordConsumer consumer;

        @Override
        @Deprecated // abstract there, so it has to be
        public WriteContext init(Configuration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            this.consumer = recordConsumer;
        }

        @Override
        public void write(Row row) {
            consumer.startMessage();
            consumer.startField("name", 0);
            consumer.addBinary(Binary.fromString(row.name()));
            consumer.endField("name", 0);
            consumer.startField("vector", 1);
            consumer.startGroup();
            consumer.startField("list", 0);
            for (float value : row.vector()) {
                consumer.startGroup();
                consumer.startField("element", 0);
                consumer.addFloat(value);
                consumer.endField("element", 0);
                consumer.endGroup();
            }
            consumer.endField("list", 0);
            consumer.endGroup();
            consumer.endField("vector", 1);
            consumer.endMessage();
        }
    }
}
