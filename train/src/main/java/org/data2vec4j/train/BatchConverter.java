package org.data2vec4j.train;

import org.data2vec4j.data.Batch;
import org.data2vec4j.model.encoder.Input;
import org.data2vec4j.tensor.Device;

/** How a prepared batch becomes tensors. */
@FunctionalInterface
public interface BatchConverter {
    /** The batch on a device, in the scope open now. */
    Input convert(Batch batch, Device device);

    /** A smallest possible input, of nothing, for a process that has no sample of a batch and still takes part in its update. */
    default Input placeholder(Device device) {
        throw new UnsupportedOperationException("these inputs cannot be shared by several processes");
    }
}
