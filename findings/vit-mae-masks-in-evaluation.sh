#!/usr/bin/env bash
# ViTMAEModel masks three quarters of the patches in evaluation too, at random: features of a picture differ from
# call to call.
#
# Versions   transformers 5.18.0 (4.57.6 does the same), torch 2.13.0
# Expected   model.eval() gives the features of all patches, the same each time, as the encoders of ViT and BEiT
#            do and as MAE's encoder is used after pre-training.
# Behaviour  the mask is drawn in every forward pass whatever the mode; last_hidden_state has one token and a
#            quarter of the patches, in a shuffled order. Whole features need config.mask_ratio = 0, and their
#            order an ascending `noise`. Output seen: "(1, 5, 16) of 16 patches, equal: False; with mask_ratio 0
#            and noise: (1, 17, 16), equal: True".
#
# Exits with 1 if the behaviour changes. Installs into a temporary folder, which is removed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 TRANSFORMERS_VERBOSITY=error HF_HUB_OFFLINE=1

python3 -m venv "$work/5"
"$work/5/bin/pip" install -q 'torch==2.13.0' transformers==5.18.0 numpy==2.3.5 pillow==12.3.0 safetensors==0.8.0

found=$("$work/5/bin/python" - 2> "$work/log" <<'PY'
import torch
from transformers import ViTMAEConfig, ViTMAEModel

torch.manual_seed(0)
settings = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, image_size=16, patch_size=4)
picture = torch.randn(1, 3, 16, 16)


def twice(model, **given):
    with torch.no_grad():
        a, b = (model.eval()(picture, **given).last_hidden_state for _ in range(2))
    return f"{tuple(a.shape)}", f"equal: {torch.equal(a, b)}"


shape, equal = twice(ViTMAEModel(ViTMAEConfig(**settings)))
whole, same = twice(ViTMAEModel(ViTMAEConfig(**settings, mask_ratio=0.0)), noise=torch.arange(16.0)[None])
print(f"{shape} of 16 patches, {equal}; with mask_ratio 0 and noise: {whole}, {same}")
PY
)
echo "$found"
[ "$found" = "(1, 5, 16) of 16 patches, equal: False; with mask_ratio 0 and noise: (1, 17, 16), equal: True" ]
