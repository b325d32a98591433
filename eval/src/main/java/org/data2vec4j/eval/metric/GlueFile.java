package org.data2vec4j.eval.metric;

import java.util.List;

/** The files of a GLUE submission, each with its name, its labels and the rows of its test set. */
public enum GlueFile {
    /** CoLA. */
    COLA("CoLA.tsv", 1063, GlueTask.COLA.labels()),
    /** SST-2. */
    SST2("SST-2.tsv", 1821, GlueTask.SST2.labels()),
    /** MRPC. */
    MRPC("MRPC.tsv", 1725, GlueTask.MRPC.labels()),
    /** QQP. */
    QQP("QQP.tsv", 390965, GlueTask.QQP.labels()),
    /** STS-B, whose predictions are numbers. */
    STSB("STS-B.tsv", 1379, List.of()),
    /** MNLI, matched. */
    MNLI_MATCHED("MNLI-m.tsv", 9796, GlueTask.MNLI.labels()),
    /** MNLI, mismatched. */
    MNLI_MISMATCHED("MNLI-mm.tsv", 9847, GlueTask.MNLI.labels()),
    /** QNLI. */
    QNLI("QNLI.tsv", 5463, GlueTask.QNLI.labels()),
    /** RTE. */
    RTE("RTE.tsv", 3000, GlueTask.RTE.labels()),
    /** WNLI, which a submission must hold although averages leave it out. */
    WNLI("WNLI.tsv", 146, List.of("0", "1")),
    /** The diagnostic set, predicted by an MNLI model. */
    DIAGNOSTIC("AX.tsv", 1104, GlueTask.MNLI.labels());

    private final String fileName;
    private final int rows;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    GlueFile(String fileName, int rows, List<String> labels) {
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
