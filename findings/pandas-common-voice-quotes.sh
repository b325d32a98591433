#!/usr/bin/env bash
# pandas 2.3.3.
#
# Common Voice lists recordings in .tsv files whose sentences may begin with a quotation mark that is text. pandas.read_csv reads such
# a file with sep="\t".
#
# Expected: as many rows as the file has lines, or an error.
# Behaviour: a field that begins with a quotation mark is taken for quoted and goes on, over tabs and line ends, to the next one. Rows
# are swallowed without a warning, and their columns become part of a sentence. quoting=csv.QUOTE_NONE reads what is there.
# Seen: "read_csv: 2 rows   with QUOTE_NONE: 4 rows"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pandas==2.3.3
"$work/venv/bin/python" - "$work" <<'PY'
import csv, sys
import pandas

path = sys.argv[1] + "/train.tsv"
with open(path, "w", encoding="utf-8") as out:
    out.write("path\tsentence\tup_votes\n")
    out.write("1.mp3\tGood day.\t2\n")
    out.write("2.mp3\t\"Hello, he said.\t2\n")
    out.write("3.mp3\tWho is there?\t2\n")
    out.write("4.mp3\t\"Nobody.\t2\n")
plain = pandas.read_csv(path, sep="\t")
literal = pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE)
print(f"read_csv: {len(plain)} rows   with QUOTE_NONE: {len(literal)} rows")
assert len(literal) == 4 and len(plain) < 4
PY
