#!/usr/bin/env bash
# Pillow 12.3.0 (numpy 2.4.6, CPython 3.11 or newer).
#
# A 16-bit grey PNG or TIFF (mode I;16), as X-ray and depth pictures are, is opened and brought to RGB with convert("RGB"), which
# image processors ask their callers to do.
#
# Expected: the upper 8 bits of each sample, as convert does for 16-bit RGB PNG files, so that 20817 (81 * 257) becomes 81.
# Behaviour: samples are clipped to 255, not scaled. Every sample above 255 of 65535 is white; a normal picture is white all over.
# A 16-bit RGB PNG file of the same brightness is scaled.
# Seen: "grey 16 bit (20817): [255, 255, 255]  rgb 16 bit (20817): [81, 81, 81]"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pillow==12.3.0 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import io, struct, zlib
import numpy as np
from PIL import Image

def png(samples, colour_type):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    height, width = samples.shape[:2]
    rows = b"".join(b"\0" + samples[y].astype(">u2").tobytes() for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

grey = Image.open(io.BytesIO(png(np.full((4, 4), 81 * 257, np.uint16), 0)))
rgb = Image.open(io.BytesIO(png(np.full((4, 4, 3), 81 * 257, np.uint16), 2)))
from_grey = np.asarray(grey.convert("RGB"))[0, 0].tolist()
from_rgb = np.asarray(rgb.convert("RGB"))[0, 0].tolist()
print(f"grey 16 bit (20817): {from_grey}  rgb 16 bit (20817): {from_rgb}")
assert grey.mode == "I;16" and from_grey == [255, 255, 255] and from_rgb == [81, 81, 81]
PY
