package org.data2vec4j.model;

import java.util.function.Supplier;
import org.data2vec4j.tensor.Tensor;
import org.data2vec4j.tensor.distributed.ProcessGroup;

/**
 * The first of two processes; the other one adds the same number to everything that is summed.
 *
 * @param adds that number
 */
public record OneOther(double adds) implements ProcessGroup {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 2;
    }

    @Override
    public int localRank() {
        return 0;
    }

    @Override
    public int localSize() {
        return 2;
    }

    @Override
    public Pending startAllReduce(Tensor tensor) {
        tensor.add_(adds);
        return () -> {};
    }

    @Override
    public void broadcast(Tensor tensor, int from) {}

    @Override
    public <T> T keepAlive(Supplier<T> work) {
        return work.get();
    }

    @Override
    public void fail(String why) {}

    @Override
    public void close() {}
}
