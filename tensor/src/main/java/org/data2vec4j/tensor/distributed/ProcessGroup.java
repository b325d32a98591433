package org.data2vec4j.tensor.distributed;

import java.util.function.Supplier;
import org.data2vec4j.tensor.DType;
import org.data2vec4j.tensor.Device;
import org.data2vec4j.tensor.Scope;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.Tensors;

/**
 * The processes of a run. Every process calls the same collectives in the same order; each ends in all of them or throws
 * {@link RankLostException} in all that are left, within the rendezvous' timeout, with one line that names who is missing. Used by one thread.
 */
public interface ProcessGroup extends AutoCloseable {
    /** A group of one, whose collectives do nothing. */
    static ProcessGroup single() {
        return SingleProcess.INSTANCE;
    }

    /** A collective that is under way. */
    @FunctionalInterface
    interface Pending {
        /** Waits for its end; the tensor may be used again then. */
        void await();
    }

    /** This process, from 0. */
    int rank();

    /** How many processes there are. */
    int size();

    /** This process among those of its machine, from 0. */
    int localRank();

    /** How many processes its machine has. */
    int localSize();

    /** Begins to replace a contiguous tensor by its sum over all processes, the same bits in all. */
    Pending startAllReduce(Tensor tensor);

    /** Replaces a tensor by that of one process. */
    void broadcast(Tensor tensor, int from);

    /** Replaces a contiguous tensor by its sum over all processes, the same bits in all. */
    default void allReduce(Tensor tensor) {
        startAllReduce(tensor).await();
    }

    /** Every process's number, by rank. */
    default long[] allGather(long value) {
        long[] numbers = new long[size()];
        numbers[rank()] = value;
        if (size() == 1) {
            return numbers;
        }
        try (Scope scope = Scope.open()) {
            Tensor all = Tensors.of(numbers, numbers.length);
            allReduce(all);
            return all.toLongs();
        }
    }

    /** The number of process 0, exactly. */
    default double fromRankZero(double value) {
        if (size() == 1) {
            return value;
        }
        try (Scope scope = Scope.open()) {
            Tensor bits = Tensors.of(new long[] {Double.doubleToRawLongBits(value)}, 1);
            broadcast(bits, 0);
            return Double.longBitsToDouble(bits.toLongs()[0]);
        }
    }

    /** Sums of numbers over all processes. */
    default double[] allReduceSums(double... values) {
        try (Scope scope = Scope.open()) {
            return startAllReduceSums(values).get();
        }
    }

    /** Begins to add up numbers over all processes; asked for the sums, waits for them. Uses the scope open now until then. */
    default Supplier<double[]> startAllReduceSums(double... values) {
        if (size() == 1) {
            return () -> values;
        }
        Tensor all = Tensors.zeros(DType.F64, Device.CPU, values.length);
        for (int i = 0; i < values.length; i++) {
            all.narrow(0, i, 1).add_(values[i]);
        }
        Pending pending = startAllReduce(all);
        return () -> {
            pending.await();
            double[] sums = new double[values.length];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = all.select(0, i).item();
            }
            return sums;
        };
    }

    /** Whether any process says so. */
    default boolean anyRank(boolean yes) {
        long[] all = allGather(yes ? 1 : 0);
        for (long one : all) {
            if (one != 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns when every process has come here. */
    default void barrier() {
        allGather(0);
    }

    /** Whether this is process 0, which writes what the run leaves. */
    default boolean isRankZero() {
        return rank() == 0;
    }

    /** Work that the others are to wait for, however long it takes, as long as this process gives signs of life. */
    <T> T keepAlive(Supplier<T> work);

    /** Tells the others why this process ends; nothing is waited for. */
    void fail(String why);

    /** Takes leave. */
    @Override
    void close();
}
