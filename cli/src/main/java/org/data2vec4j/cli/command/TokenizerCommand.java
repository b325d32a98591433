package org.data2vec4j.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code d2v tokenizer}: makes byte-level BPE tokenizers and tries them out. */
@Command(
        name = "tokenizer",
        description = "Train a byte-level BPE tokenizer, or try one out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenizerTrainCommand.class, TokenizerEncodeCommand.class, TokenizerDecodeCommand.class},
        footer = {
            "",
            "Examples:",
            "  d2v tokenizer train data=books vocab=8000 output=tokenizer.json",
            "  d2v tokenizer encode tokenizer.json \"What is this?\"",
            "  d2v tokenizer decode tokenizer.json 44 1201 86",
            "A tokenizer is a tokenizer.json (Hugging Face's reads ours and the other way round), a folder with one or with",
            "vocab.json and merges.txt, fairseq's dict.txt, or gpt2."
        })
public final class TokenizerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    /** Without a sub-command: wrong usage. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: train, encode or decode");
    }
}
