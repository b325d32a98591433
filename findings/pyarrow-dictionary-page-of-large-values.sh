#!/usr/bin/env bash
# pyarrow 25.0.1.
#
# A table of 500 different byte strings of 100,000 bytes, such as photographs, is written by pyarrow.parquet.write_table with its
# defaults: dictionary encoding on, dictionary_pagesize_limit 1 MiB, data_page_size 1 MiB.
#
# Expected: after about 1 MiB of dictionary the writer falls back to plain pages of about 1 MiB, so that a reader needs little memory.
# Behaviour: the limit is looked at once for every 1024 values, so all 500 values are in one dictionary page of 50 MB, of which a
# reader of a single row must decompress everything. With use_dictionary=False the pages are of the size asked for.
# Seen: "dictionary page: 50,004,314 bytes, with a limit of 1,048,576"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pyarrow==25.0.1
"$work/venv/bin/python" - "$work" <<'PY'
import random, sys
import pyarrow, pyarrow.parquet as parquet

random.seed(0)
values = [random.randbytes(100_000) for _ in range(500)]
path = sys.argv[1] + "/a.parquet"
parquet.write_table(pyarrow.table({"image": values}), path, dictionary_pagesize_limit=1 << 20, data_page_size=1 << 20)
column = parquet.ParquetFile(path).metadata.row_group(0).column(0)
page = column.data_page_offset - column.dictionary_page_offset
print(f"dictionary page: {page:,} bytes, with a limit of {1 << 20:,}")
assert column.has_dictionary_page and page > 45_000_000
PY
