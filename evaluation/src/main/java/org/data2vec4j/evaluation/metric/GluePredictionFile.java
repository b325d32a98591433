package org.data2vec4j.evaluation.metric;

import java.util.List;

/** The files of a GLUE submission, each with its name, its labels and the rows of its test set. */
public enum GluePredictionFile {
    /** CoLA. */
    COLA("CoLA.tsv", 1063, GlueBenchmark.COLA.labels()),
    /** SST-2. */
    SST2("SST-2.tsv", 1821, GlueBenchmark.SST2.labels()),
    /** MRPC. */
    MRPC("MRPC.tsv", 1725, GlueBenchmark.MRPC.labels()),
    /** QQP. */
    QQP("QQP.tsv", 390965, GlueBenchmark.QQP.labels()),
    /** STS-B, whose predictions are numbers. */
    STSB("STS-B.tsv", 1379, List.of()),
    /** MNLI, matched. */
    MNLI_MATCHED("MNLI-m.tsv", 9796, GlueBenchmark.MNLI.labels()),
    /** MNLI, mismatched. */
    MNLI_MISMATCHED("MNLI-mm.tsv", 9847, GlueBenchmark.MNLI.labels()),
    /** QNLI. */
    QNLI("QNLI.tsv", 5463, GlueBenchmark.QNLI.labels()),
    /** RTE. */
    RTE("RTE.tsv", 3000, GlueBenchmark.RTE.labels()),
    /** WNLI, which a submission must hold although averages leave it out. */
    WNLI("WNLI.tsv", 146, List.of("0", "1")),
    /** The diagnostic set, predicted by an MNLI model. */
    DIAGNOSTIC("AX.tsv", 1104, GlueBenchmark.MNLI.labels());

    private final String fileName;
    private final int rows;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    GluePredictionFile(String fileName, int rows, List<String> labels) {
        this.fileName = fileName;
        this.rows = rows;
        this.labels = labels;
    }

    /** The name GLUE asks for. */
    public String fileName() {
        return fileName;
    }

    /** How many rows GLUE's test set has. */
    public int rows() {
        return rows;
    }

    /** The predictions' spellings by class; empty where they are numbers. */
    public List<String> labels() {
        return labels;
    }
}
