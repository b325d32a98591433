#!/usr/bin/env bash
# transformers 5 refuses a config.json that transformers 4 reads, because a number is written without a decimal
# point.
#
# Versions   transformers 4.57.6 and 5.18.0, torch 2.13.0
# Expected   JSON has one kind of number: 0 and 0.0 are the same value.
# Behaviour  5.18.0 checks the types of settings, and "layer_scale_init_value": 0 of data2vec-vision or BEiT
#            (which turns layer scale off) is a StrictDataclassFieldValidationError: expected float, got int.
#            JSON writers of other languages print 0.0 as 0. Output seen: "4.57.6 0; 5.18.0
#            StrictDataclassFieldValidationError, with 0.0: 0.0".
#
# Exits with 1 if the behaviour changes. Installs into a temporary folder, which is removed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 TRANSFORMERS_VERBOSITY=error HF_HUB_OFFLINE=1

# transformers 4.57.6 asks for huggingface-hub below 1; it runs with later ones, so its check is relaxed.
python3 -m venv "$work/4"
"$work/4/bin/pip" install -q --no-deps transformers==4.57.6
"$work/4/bin/pip" install -q 'torch==2.13.0' 'huggingface-hub<2' 'tokenizers>=0.22,<=0.23.0' numpy==2.3.5 pillow==12.3.0 safetensors==0.8.0 regex requests packaging pyyaml tqdm filelock
sed -i 's/"huggingface-hub": "[^"]*"/"huggingface-hub": "huggingface-hub>=0.34.0"/' "$work"/4/lib/python3*/site-packages/transformers/dependency_versions_table.py

python3 -m venv "$work/5"
"$work/5/bin/pip" install -q 'torch==2.13.0' transformers==5.18.0 numpy==2.3.5 pillow==12.3.0 safetensors==0.8.0

cat > "$work/read.py" <<'PY'
import json
import pathlib
import sys
from transformers import AutoConfig

folder = pathlib.Path(sys.argv[1])
folder.mkdir(exist_ok=True)
(folder / "config.json").write_text(json.dumps({"model_type": "data2vec-vision", "layer_scale_init_value": json.loads(sys.argv[2])}))
try:
    print(AutoConfig.from_pretrained(folder).layer_scale_init_value)
except Exception as error:
    print(type(error).__name__)
PY
four=$("$work/4/bin/python" "$work/read.py" "$work/model" 0 2> "$work/log" | tail -1)
five=$("$work/5/bin/python" "$work/read.py" "$work/model" 0 2> "$work/log" | tail -1)
float=$("$work/5/bin/python" "$work/read.py" "$work/model" 0.0 2> "$work/log" | tail -1)
echo "4.57.6 $four; 5.18.0 $five, with 0.0: $float"
[ "4.57.6 $four; 5.18.0 $five, with 0.0: $float" = "4.57.6 0; 5.18.0 StrictDataclassFieldValidationError, with 0.0: 0.0" ]
