#!/usr/bin/env bash
# The same preprocessor_config.json prepares pictures differently in transformers 4 and 5.
#
# Versions   transformers 4.57.6 and 5.18.0, Pillow 12.3.0, without torchvision
# Expected   a setting means the same in both versions, and a setting that is left out has the same default.
# Behaviour  BeitImageProcessor without settings resizes to 256 and crops 224 in 4.57.6, and resizes to 224 in
#            5.18.0. ViTImageProcessor with do_center_crop true is not cropped in 4.57.6 (which takes no notice),
#            and is in 5.18.0. Both do it in silence. Output seen: "BEiT alike: False; ViT 4.57.6 (256, 256), 5.18.0 (224, 224)".
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

cat > "$work/prepare.py" <<'PY'
import json
import pathlib
import sys
import numpy as np
from PIL import Image
from transformers import AutoImageProcessor

folder = pathlib.Path(sys.argv[1])
rows, columns = np.mgrid[:300, :400]
picture = Image.fromarray(np.stack([columns % 256, rows % 256, (rows + columns) % 256], 2).astype(np.uint8))
cases = {
    "beit": {"image_processor_type": "BeitImageProcessor"},
    "vit": {"image_processor_type": "ViTImageProcessor", "size": {"height": 256, "width": 256}, "do_center_crop": True,
            "crop_size": {"height": 224, "width": 224}},
}
for name, settings in cases.items():
    place = folder / name
    place.mkdir(parents=True)
    (place / "preprocessor_config.json").write_text(json.dumps(settings))
    (place / "config.json").write_text(json.dumps({"model_type": name}))
    values = AutoImageProcessor.from_pretrained(place)(picture, return_tensors="np")["pixel_values"][0]
    np.save(folder / f"{name}.npy", values)
PY
for version in 4 5; do
  "$work/$version/bin/python" "$work/prepare.py" "$work/prepared-$version" > "$work/log" 2>&1
done
found=$("$work/5/bin/python" - "$work" <<'PY'
import sys
import numpy as np

four, five = ({name: np.load(f"{sys.argv[1]}/prepared-{version}/{name}.npy") for name in ("beit", "vit")} for version in (4, 5))
alike = np.allclose(four["beit"], five["beit"], atol=0.1)
print(f"BEiT alike: {alike}; ViT 4.57.6 {four['vit'].shape[1:]},"
      f" 5.18.0 {five['vit'].shape[1:]}")
PY
)
echo "$found"
[ "$found" = "BEiT alike: False; ViT 4.57.6 (256, 256), 5.18.0 (224, 224)" ]
