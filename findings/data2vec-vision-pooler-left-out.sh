#!/usr/bin/env bash
# AutoModel drops the learned pooling norm of a data2vec-vision folder, though not of a BEiT folder, of which it
# is a copy.
#
# Versions   transformers 5.18.0 (4.57.6 does the same), torch 2.13.0
# Expected   Data2VecVision was made from BEiT's code, both have use_mean_pooling true and a pooler.layernorm;
#            AutoModel gives pooler_output for both.
# Behaviour  Data2VecVisionModel is built without its pooler unless asked (add_pooling_layer is False there, True
#            in BeitModel), so the folder's pooler.layernorm is 'unexpected', pooler_output is None, and
#            last_hidden_state is not normed by anything. Output seen: "Data2VecVisionModel None ['bias',
#            'weight']; BeitModel (1, 16) []".
#
# Exits with 1 if the behaviour changes. Installs into a temporary folder, which is removed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 TRANSFORMERS_VERBOSITY=error HF_HUB_OFFLINE=1

python3 -m venv "$work/5"
"$work/5/bin/pip" install -q 'torch==2.13.0' transformers==5.18.0 numpy==2.3.5 pillow==12.3.0 safetensors==0.8.0

found=$("$work/5/bin/python" - "$work" 2> "$work/log" <<'PY'
import sys
import torch
from transformers import AutoModel, BeitConfig, BeitForImageClassification, Data2VecVisionConfig, Data2VecVisionForImageClassification

settings = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, image_size=16, patch_size=8)
seen = []
for config, kind in ((Data2VecVisionConfig, Data2VecVisionForImageClassification), (BeitConfig, BeitForImageClassification)):
    folder = f"{sys.argv[1]}/{kind.__name__}"
    kind(config(**settings)).save_pretrained(folder)
    model, info = AutoModel.from_pretrained(folder, output_loading_info=True)
    pooled = model.eval()(torch.zeros(1, 3, 16, 16)).pooler_output
    dropped = sorted(key.rsplit(".", 1)[1] for key in info["unexpected_keys"] if "pooler.layernorm" in key)
    seen.append(f"{type(model).__name__} {pooled if pooled is None else tuple(pooled.shape)} {dropped}")
print("; ".join(seen))
PY
)
echo "$found"
[ "$found" = "Data2VecVisionModel None ['bias', 'weight']; BeitModel (1, 16) []" ]
