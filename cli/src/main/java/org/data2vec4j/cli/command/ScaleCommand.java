package org.data2vec4j.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.data2vec4j.Recipe;
import org.data2vec4j.core.UserException;
import org.data2vec4j.recipe.ScheduleScaling;
import org.data2vec4j.recipe.TeacherSettings;
import org.data2vec4j.run.RunArguments;
import org.data2vec4j.train.run.PretrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code d2v scale}: what a recipe's settings become with another global batch. */
@Command(
        name = "scale",
        description = {
            "Print a recipe's settings for another global batch: the learning rate, everything counted in updates, and decays",
            "(of the teacher and of the quantizer's temperature), which are raised to the power of the batches' ratio.",
            "The printed lines can be given to d2v pretrain."
        },
        footer = {
            "",
            "Example: d2v scale recipe=image-base batch=4096 rule=sqrt",
            "rule=linear multiplies the learning rate by the ratio (SGD's rule), rule=sqrt by its root (Adam's; the default)."
        })
public final class ScaleCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "recipe=NAME-or-FILE, batch=N, rule=sqrt or linear, and any a.b=c of the recipe.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    List<String> words;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Prints them. */
    @Override
    public Integer call() {
        RunArguments arguments = new RunArguments(words, Set.of("recipe", "batch", "rule"));
        String example = "d2v scale recipe=image-base batch=4096";
        String recipe = arguments.require("recipe", example);
        arguments.require("batch", example);
        int batch = arguments.number("batch", 1);
        String rule = arguments.get("rule", "sqrt");
        if (!rule.equals("sqrt") && !rule.equals("linear")) {
            throw new UserException("rule is '" + rule + "'; allowed: sqrt, linear");
        }
        PretrainConfig config = Recipe.load(recipe, arguments.overrides()).bind(PretrainConfig.class);
        int before = Math.multiplyExact(config.train().batch(), config.train().accumulate());
        if (batch < 1 || batch % config.train().accumulate() != 0) {
            throw new UserException("batch is " + batch + "; allowed: a positive multiple of train.accumulate, "
                    + config.train().accumulate());
        }
        double ratio = (double) batch / before;
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "# %,d samples an update become %,d: %.4g times%n", before, batch, ratio);
        changes(config, batch, ratio, rule).forEach(out::println);
        out.flush();
        return 0;
    }

    private static List<String> changes(PretrainConfig config, int batch, double ratio, String rule) {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "train.batch", config.train().batch(), batch / config.train().accumulate()));
        config.modality().batchLimits().forEach((key, limit) -> lines.add(line(key, limit, limit * ratio)));
        double rate = config.optimizer().learningRate();
        lines.add(line("optimizer.learning_rate", rate, rate * (rule.equals("sqrt") ? Math.sqrt(ratio) : ratio)));
        ScheduleScaling.changes(config, 1 / ratio)
                .forEach(change -> lines.add(line(change.key(), change.before(), change.after())));
        TeacherSettings teacher = TeacherSettings.of(config.method());
        if (teacher != null) {
            lines.add(power(teacher.key() + ".start", teacher.values().start(), ratio));
            lines.add(power(teacher.key() + ".end", teacher.values().end(), ratio));
        }
        return lines;
    }

    private static String power(String key, double decay, double ratio) {
        return line(key, decay, Math.pow(decay, ratio));
    }

    private static String line(String key, Number before, Number after) {
        return String.format(Locale.ROOT, "%-45s # was %s", key + "=" + text(after), text(before));
    }

    private static String text(Number value) {
        return value instanceof Double number
                ? Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.9g", number)))
                : value.toString();
    }
}
