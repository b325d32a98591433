package org.data2vec4j.interop.pickle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.data2vec4j.core.UserException;
import org.data2vec4j.tensor.DType;
import org.jspecify.annotations.Nullable;

/**
 * A name that a pickle may refer to. All that are not listed here are refused, so that nothing in a file can be run.
 *
 * @param name module and name
 * @param kind what calling it means to us
 * @param storage the element type of a storage class
 */
record PickleGlobal(String name, Kind kind, @Nullable DType storage) {
    /** What calling a name means. */
    enum Kind {
        /** A mapping. */
        DICT,
        /** A list. */
        LIST,
        /** A set. */
        SET,
        /** A view of a storage. */
        TENSOR,
        /** A parameter: its first argument. */
        PARAMETER,
        /** Bytes written as text: {@code _codecs.encode(text, "latin1")}. */
        BYTES,
        /** The class of a storage; never called. */
        STORAGE,
        /** An object kept as data. */
        INERT
    }

    private static final Map<String, Kind> CALLS = Map.ofEntries(
            Map.entry("collections.OrderedDict", Kind.DICT),
            Map.entry("collections.defaultdict", Kind.DICT),
            Map.entry("builtins.dict", Kind.DICT),
            Map.entry("builtins.list", Kind.LIST),
            Map.entry("builtins.set", Kind.SET),
            Map.entry("builtins.frozenset", Kind.SET),
            Map.entry("torch._utils._rebuild_tensor_v2", Kind.TENSOR),
            Map.entry("torch._utils._rebuild_tensor", Kind.TENSOR),
            Map.entry("torch._utils._rebuild_parameter", Kind.PARAMETER),
            Map.entry("_codecs.encode", Kind.BYTES),
            Map.entry("numpy.dtype", Kind.INERT),
            Map.entry("numpy.core.multiarray.scalar", Kind.INERT),
            Map.entry("numpy._core.multiarray.scalar", Kind.INERT),
            Map.entry("torch.Size", Kind.INERT),
            Map.entry("torch.device", Kind.INERT),
            Map.entry("argparse.Namespace", Kind.INERT),
            Map.entry("enum.Enum", Kind.INERT),
            Map.entry("pathlib.PosixPath", Kind.INERT),
            Map.entry("pathlib.PurePosixPath", Kind.INERT));

    private static final Map<String, DType> STORAGES = Map.of(
            "torch.DoubleStorage", DType.F64,
            "torch.FloatStorage", DType.F32,
            "torch.HalfStorage", DType.F16,
            "torch.BFloat16Storage", DType.BF16,
            "torch.LongStorage", DType.I64,
            "torch.IntStorage", DType.I32,
            "torch.ByteStorage", DType.U8,
            "torch.BoolStorage", DType.BOOL);

    /** Modules whose classes only ever describe a configuration. */
    private static final List<String> DESCRIPTIONS = List.of("omegaconf.", "fairseq.", "examples.");

    private static final Set<String> ELEMENT_TYPES =
            Set.of("torch.float32", "torch.float16", "torch.bfloat16", "torch.float64", "torch.int64", "torch.int32");

    /** The global of a name; throws a {@link UserException} naming it if it is not one of those known to be harmless. */
    static PickleGlobal of(String module, String name) {
        String full = (module.equals("__builtin__") ? "builtins" : module) + "." + name;
        DType storage = STORAGES.get(full);
        if (storage != null) {
            return new PickleGlobal(full, Kind.STORAGE, storage);
        }
        Kind kind = CALLS.get(full);
        if (kind != null) {
            return new PickleGlobal(full, kind, null);
        }
        boolean plain = full.matches("[A-Za-z_][A-Za-z0-9_.]*");
        boolean described = plain && DESCRIPTIONS.stream().anyMatch(full::startsWith);
        if (described || ELEMENT_TYPES.contains(full)) {
            return new PickleGlobal(full, Kind.INERT, null);
        }
        throw new UserException("the file wants to call " + shown(full)
                + ", which is no part of a checkpoint; refused, nothing was run");
    }

    private static String shown(String name) {
        String clean = name.replaceAll("[^ -~]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
    }
}
