#!/usr/bin/env bash
# transformers 5 saves the decoder of ViT-MAE under names that transformers 4 does not know.
#
# Versions   transformers 4.57.6 and 5.18.0, torch 2.13.0
# Expected   a folder that save_pretrained writes in one version loads whole in the other, as it does for the
#            encoders of ViT, BEiT and data2vec.
# Behaviour  5.18.0 writes decoder.decoder_encoder.layer.0… where 4.57.6 writes decoder.decoder_layers.0…, so
#            4.57.6 loads the folder with a warning and a decoder that is random: 16 missing and 16 unexpected
#            tensors for one block. 5.18.0 reads both spellings. Output seen: "4.57.6 reads 5.18.0: 16 missing,
#            16 unexpected; 5.18.0 reads 4.57.6: 0 missing, 0 unexpected".
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

cat > "$work/mae.py" <<'PY'
import sys
import torch
from transformers import ViTMAEConfig, ViTMAEForPreTraining

if sys.argv[1] == "save":
    torch.manual_seed(0)
    ViTMAEForPreTraining(ViTMAEConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, image_size=16, patch_size=4,
        decoder_hidden_size=16, decoder_num_hidden_layers=1, decoder_num_attention_heads=2,
        decoder_intermediate_size=32)).save_pretrained(sys.argv[2])
else:
    _, info = ViTMAEForPreTraining.from_pretrained(sys.argv[2], output_loading_info=True)
    print(len(info["missing_keys"]), "missing,", len(info["unexpected_keys"]), "unexpected")
PY
for version in 4 5; do
  "$work/$version/bin/python" "$work/mae.py" save "$work/saved-$version" > "$work/log" 2>&1
done
four=$("$work/4/bin/python" "$work/mae.py" load "$work/saved-5" 2> "$work/log" | tail -1)
five=$("$work/5/bin/python" "$work/mae.py" load "$work/saved-4" 2> "$work/log" | tail -1)
echo "4.57.6 reads 5.18.0: $four; 5.18.0 reads 4.57.6: $five"
[ "$four" = "16 missing, 16 unexpected" ] && [ "$five" = "0 missing, 0 unexpected" ]
