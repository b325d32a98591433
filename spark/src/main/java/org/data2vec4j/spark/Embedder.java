package org.data2vec4j.spark;

import java.util.Arrays;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.data2vec4j.WeightsChoice;
import org.data2vec4j.core.UserException;
import scala.runtime.AbstractFunction1;

/**
 * Turns a column of pictures, recordings or texts into a column of vectors, the same that {@code d2v embed} writes:
 *
 * <pre>{@code
 * Dataset<Row> vectors = frame.transform(new Embedder("runs/photos", "content"));   // Java and Scala
 * }</pre>
 *
 * <p>The column holds the bytes of image or sound files, the paths of such files (any that Hadoop reads), or texts, by what the run
 * was trained on. The result has two columns more: {@code vector}, an array of float, null where the row's value cannot be used, and
 * {@code reason}, why not, else null. Rows keep their order within a partition. The run directory must be there on all
 * executors, or have been given to them by {@code SparkContext.addFile(run, true)} under the name that is given here. An executor
 * loads the model once, and keeps it.
 */
public final class Embedder extends AbstractFunction1<Dataset<Row>, Dataset<Row>> {
    private final String run;
    private final String input;
    private final WeightsChoice weights;
    private final String vector;
    private final String reason;

    /**
     * An embedder by a run's preferred encoder.
     *
     * @param run its directory
     * @param input the column
     */
    public Embedder(String run, String input) {
        this(run, input, WeightsChoice.PREFERRED, "vector", "reason");
    }

    private Embedder(String run, String input, WeightsChoice weights, String vector, String reason) {
        this.run = run;
        this.input = input;
        this.weights = weights;
        this.vector = vector;
        this.reason = reason;
    }

    /** The same by the run's {@code student} or {@code teacher}. */
    public Embedder withWeights(String which) {
        return new Embedder(run, input, WeightsChoice.one(which), vector, reason);
    }

    /** The same into columns of other names. */
    public Embedder withColumns(String vectors, String reasons) {
        return new Embedder(run, input, weights, vectors, reasons);
    }

    /**
     * The frame with two columns more.
     *
     * @throws UserException if it has no such column, of bytes or strings, or one by the name of the new ones
     */
    @Override
    public Dataset<Row> apply(Dataset<Row> frame) {
        StructType schema = check(frame.schema());
        SerializableConfiguration files = new SerializableConfiguration(
                frame.sparkSession().sparkContext().hadoopConfiguration());
        MapPartitionsFunction<Row, Row> rows =
                new PartitionEmbedding(run, weights, frame.schema().fieldIndex(input), files);
        return frame.mapPartitions(rows, Encoders.row(schema));
    }

    private StructType check(StructType schema) {
        Set<String> names = Set.copyOf(Arrays.asList(schema.fieldNames()));
        if (!names.contains(input)) {
            throw new UserException(
                    "the frame has no column '" + input + "'; it has " + String.join(", ", schema.fieldNames()));
        }
        DataType type = schema.apply(input).dataType();
        if (!type.equals(DataTypes.BinaryType) && !type.equals(DataTypes.StringType)) {
            throw new UserException("the column '" + input + "' holds " + type.simpleString()
                    + "; allowed: binary (bytes of files) and string (paths of files, or texts)");
        }
        for (String added : new String[] {vector, reason}) {
            if (names.contains(added)) {
                throw new UserException("the frame has a column '" + added + "' already; choose names by withColumns");
            }
        }
        return schema.add(vector, DataTypes.createArrayType(DataTypes.FloatType, false), true)
                .add(reason, DataTypes.StringType, true);
    }
}
