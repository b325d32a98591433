package org.data2vec4j.run;

import java.util.function.Supplier;
import org.data2vec4j.tensor.distributed.GlooGroup;
import org.data2vec4j.tensor.distributed.ProcessGroup;
import org.data2vec4j.tensor.distributed.RankLostException;
import org.data2vec4j.tensor.distributed.Rendezvous;
import org.data2vec4j.train.run.PretrainConfig;

/** The processes of a command, as a launcher's variables describe them. */
public final class Processes {
    private Processes() {}

    /** Meets the others, if the environment says that there are others. */
    public static ProcessGroup meet(PretrainConfig config) {
        Rendezvous where =
                Rendezvous.of(System.getenv(), config.train().distributed().timeout());
        return where == null ? ProcessGroup.single() : GlooGroup.meet(where);
    }

    /** Does the work; if it fails, the others are told why. */
    public static <T> T together(ProcessGroup group, Supplier<T> work) {
        try {
            return work.get();
        } catch (RankLostException e) {
            throw e; // they know
        } catch (RuntimeException | Error e) {
            group.fail(
                    String.valueOf(e.getMessage() == null ? e : e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
            throw e;
        }
    }
}
