#!/usr/bin/env bash
# Pillow's bicubic resize of 8-bit pictures is not its bicubic resize of floats, rounded: they differ by up to 17
# levels.
#
# Versions   Pillow 12.3.0, NumPy 2.3.5
# Expected   resizing the same samples as floats, clamping to 0…255 and rounding gives the 8-bit result within
#            one level, since the kernel is the same.
# Behaviour  8-bit pictures are rounded and clamped between the horizontal and the vertical pass, so what
#            overshoots at an edge in the first pass is lost to the second. Smooth pictures are within a level;
#            sharp edges are not, enlarged or shrunk. An implementation in floats has to clamp between the passes
#            to agree with image processors. Output seen: "smooth 1 level, edges 17 levels, edges with a clamp
#            between the passes 1 level".
#
# Exits with 1 if the behaviour changes. Installs into a temporary folder, which is removed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 TRANSFORMERS_VERBOSITY=error HF_HUB_OFFLINE=1

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pillow==12.3.0 numpy==2.3.5
found=$("$work/venv/bin/python" - <<'PY'
import numpy as np
from PIL import Image

rows, columns = np.mgrid[:50, :50]
smooth = (127 + 100 * np.sin(columns / 7) * np.cos(rows / 9)).astype(np.uint8)
blocks = np.random.default_rng(0).integers(0, 2, (10, 10)).repeat(5, 0).repeat(5, 1)
edges = (255 * blocks).astype(np.uint8)


def floats(picture, clamped):
    image = Image.fromarray(picture.astype(np.float32))
    for size in ((64, 50), (64, 64)):
        image = image.resize(size, Image.BICUBIC)
        if clamped or size == (64, 64):
            image = Image.fromarray(np.clip(np.asarray(image), 0, 255))
    return np.rint(np.asarray(image))


def apart(picture, clamped):
    exact = np.asarray(Image.fromarray(picture).resize((64, 64), Image.BICUBIC)).astype(float)
    return int(abs(exact - floats(picture, clamped)).max())


print(f"smooth {apart(smooth, False)} level, edges {apart(edges, False)} levels, edges with a clamp between the passes"
      f" {apart(edges, True)} level")
PY
)
echo "$found"
[ "$found" = "smooth 1 level, edges 17 levels, edges with a clamp between the passes 1 level" ]
