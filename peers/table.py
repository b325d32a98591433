"""The table of docs/peers.md, of what Peers.java and folders.py printed: python table.py VERSION IMPORTED LOADED."""

import re
import sys

version, imported, loaded = sys.argv[1:]
rows = {}
for line in open(imported):
    if line.count("\t") < 2 or "\texport" in line:
        continue
    case, code, seen = line.rstrip("\n").split("\t")
    found = dict(re.findall(r"(?:ok|DIFFERS) +(\w+): ([\d.e+-]+)", seen))
    rows[case] = [found.get(name, "") for name in ("last_hidden_state", "pooler_output", "logits")] if code == "0" else [seen, "", ""]
print(f"\nWith transformers {version}:\n")
print("| case | hidden states | pooled vector | scores | exported as | hidden states of the export | keys |")
print("| --- | ---: | ---: | ---: | --- | ---: | --- |")
for line in open(loaded):
    case, kind, *rest = line.rstrip("\n").split("\t")
    if case in rows:
        print("| " + " | ".join([case, *rows[case], kind, *(rest or ["", ""])]).rstrip() + " |")
print()
