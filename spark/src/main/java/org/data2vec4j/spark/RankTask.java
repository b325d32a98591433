package org.data2vec4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.util.LongAccumulator;
import org.data2vec4j.Pretraining;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.train.run.PretrainConfig;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** One rank of a run: a task of a barrier stage, which ends with the number of updates that were made. */
final class RankTask extends AbstractFunction1<Iterator<Integer>, Iterator<Long>> implements Serializable {
    private static final String REASON = "data2vec4j: ";

    private final String recipe;
    private final boolean changedSettings;
    private final LongAccumulator updates;
    private final LongAccumulator samples;

    /**
     * A task that trains by a resolved recipe.
     *
     * @param changedSettings whether a run that was begun with other settings goes on with these
     */
    RankTask(String recipe, boolean changedSettings, LongAccumulator updates, LongAccumulator samples) {
        this.recipe = recipe;
        this.changedSettings = changedSettings;
        this.updates = updates;
        this.samples = samples;
    }

    @Override
    public Iterator<Long> apply(Iterator<Integer> own) {
        BarrierTaskContext task = BarrierTaskContext.get();
        PretrainConfig config = config(task.cpus());
        RankProgress progress = new RankProgress(task, updates, samples);
        try {
            Pretraining training =
                    Pretraining.of(config).as(process(task)).listener(progress).stopWhen(task::isInterrupted);
            if (changedSettings) {
                training.acceptChangedSettings();
            }
            Pretraining.End end = training.train();
            if (!end.finished()) {
                throw new UserException("stopped at update " + end.update() + "; the same call goes on");
            }
            return CollectionConverters.asScala(List.of(end.update()).iterator());
        } catch (UserException e) {
            throw new UserException(REASON + e.getMessage() + REASON, e);
        }
    }

    private PretrainConfig config(int cpus) {
        Recipe resolved = Recipe.of("recipe", recipe);
        PretrainConfig config = resolved.bind();
        return config.train().threads() > 0
                ? config
                : resolved.with(List.of("train.threads=" + cpus)).bind();
    }

    /** Rank 0 listens on the address that its executor has in the cluster; the barrier tells the others where. */
    private static Pretraining.Place process(BarrierTaskContext task) {
        String[] hosts = Stream.of(task.getTaskInfos())
                .map(info -> info.address().replaceFirst(":\\d+$", ""))
                .toArray(String[]::new);
        int rank = task.partitionId();
        if (hosts.length == 1) {
            return Pretraining.Place.SINGLE;
        }
        String[] ports = task.allGather(rank == 0 ? freePort(hosts[0]) : "");
        int before = 0;
        int here = 0;
        for (int other = 0; other < hosts.length; other++) {
            boolean same = hosts[other].equals(hosts[rank]);
            here += same ? 1 : 0;
            before += same && other < rank ? 1 : 0;
        }
        return new Pretraining.Place(rank, hosts.length, before, here, hosts[0], Integer.parseInt(ports[0]));
    }

    private static String freePort(String host) {
        try {
            return Integer.toString(Pretraining.Place.freePort(host));
        } catch (IOException e) {
            throw new UserException("cannot listen on " + host + ": " + e.getMessage(), e);
        }
    }

    /** The line of the first task that failed, out of Spark's account of a job. */
    static String reason(String account) {
        int begin = account.indexOf(REASON);
        int end = begin < 0 ? -1 : account.indexOf(REASON, begin + 1);
        return end < 0 ? account : account.substring(begin + REASON.length(), end);
    }
}
