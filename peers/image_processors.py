"""What transformers' image processors make of two pictures, recorded for the tests of `interop`.

    python image_processors.py write FOLDER     # makes the pictures, and records with this version of transformers
    python image_processors.py check FOLDER     # compares what this version does with what is recorded

Levels from 0 to 255, after the processor's own scale and normalization are undone, (3, height, width) each.
"""

import json
import pathlib
import sys

import numpy as np
import transformers
from PIL import Image
from safetensors.numpy import load_file, save_file
from transformers import AutoImageProcessor, logging

logging.set_verbosity_error()
SIDE = 32
STEPS = {"do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}


def beit(**settings):
    return {"image_processor_type": "BeitImageProcessor", "do_resize": True, "resample": 3, **STEPS, **settings}


def square(side):
    return {"height": side, "width": side}


CASES = {
    "squash": beit(size=square(SIDE), do_center_crop=False),
    "squash-side": beit(size=SIDE, do_center_crop=False, crop_size=SIDE),
    "resize-and-crop": beit(size=square(40), do_center_crop=True, crop_size=square(SIDE)),
    "resize-and-crop-list": beit(size=[44, 36], do_center_crop=True, crop_size=square(SIDE)),
    "crop-only": beit(size=square(1), do_resize=False, do_center_crop=True, crop_size=square(SIDE)),
    "pad": beit(size={"height": 21, "width": 40}, do_center_crop=True, crop_size=square(SIDE)),
    **{f"resample-{n}": beit(size=square(SIDE), do_center_crop=False, resample=n) for n in (0, 1, 2, 4, 5)},
    "vit": {"image_processor_type": "ViTImageProcessor", "do_resize": True, "size": square(SIDE), "resample": 2, **STEPS},
    "vit-old": {"feature_extractor_type": "ViTFeatureExtractor", "do_resize": True, "size": SIDE, "resample": 2, **STEPS},
    "deit": {"image_processor_type": "DeiTImageProcessor", "do_resize": True, "size": square(37), "do_center_crop": True,
             "crop_size": square(SIDE), "resample": 3, **STEPS},
    "clip": {"image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": {"shortest_edge": SIDE},
             "do_center_crop": True, "crop_size": square(SIDE), "resample": 3, **STEPS},
    "clip-side": {"image_processor_type": "CLIPImageProcessor", "do_resize": True, "size": 36, "do_center_crop": True,
                  "crop_size": SIDE, "resample": 3, **STEPS},
    "middle-square": {"image_processor_type": "PerceiverImageProcessor", "do_resize": True, "size": square(SIDE),
                      "do_center_crop": True, "crop_size": square(SIDE), "resample": 3, **STEPS},
    "no-rescale": beit(size=square(SIDE), do_center_crop=False, do_rescale=False, image_mean=[100.0, 120.0, 140.0],
                       image_std=[50.0, 60.0, 70.0]),
    "no-normalize": beit(size=square(SIDE), do_center_crop=False, do_normalize=False),
    "another-factor": beit(size=square(SIDE), do_center_crop=False, rescale_factor=1 / 127.5, image_mean=[1.0] * 3,
                           image_std=[1.0] * 3),
}


def pictures():
    """80×48 and 50×100 pixels: edges, a gradient and noise, so that rounding, clamping and offsets all show."""
    made = {}
    for name, (height, width), seed in (("tall", (80, 48), 1), ("wide", (50, 100), 2)):
        rng = np.random.default_rng(seed)
        rows, columns = np.mgrid[:height, :width]
        red = 255 * ((rows // 7 + columns // 5) % 2)
        green = (rows * 255 / height + columns) % 256
        blue = rng.integers(0, 256, (height, width))
        made[name] = np.stack([red, green, blue], 2).astype(np.uint8)
    return made


def levels(processor, image):
    values = np.asarray(processor(Image.fromarray(image), return_tensors="np")["pixel_values"][0], np.float64)
    if processor.do_normalize:
        values = values * np.array(processor.image_std)[:, None, None] + np.array(processor.image_mean)[:, None, None]
    return values / (processor.rescale_factor if processor.do_rescale else 1)


def main(command, folder):
    folder = pathlib.Path(folder)
    made, recorded = pictures(), {}
    for case, settings in CASES.items():
        place = folder / "processor"
        place.mkdir(parents=True, exist_ok=True)
        (place / "preprocessor_config.json").write_text(json.dumps(settings))
        (place / "config.json").write_text(json.dumps({"model_type": "data2vec-vision"}))
        processor = AutoImageProcessor.from_pretrained(place)
        for name, image in made.items():
            exact = levels(processor, image)
            recorded[f"{case}/{name}"] = np.rint(exact).astype(np.uint8)
            assert abs(exact - recorded[f"{case}/{name}"]).max() < 1e-2, case
        for file in place.iterdir():
            file.unlink()
        place.rmdir()
    if command == "write":
        for name, image in made.items():
            Image.fromarray(image).save(folder / f"{name}.png")
        (folder / "cases.json").write_text(json.dumps(CASES, indent=1) + "\n")
        save_file(recorded, folder / "expected.safetensors")
        return
    expected = load_file(folder / "expected.safetensors")
    worst = {key: int(abs(recorded[key].astype(int) - expected[key].astype(int)).max()) for key in recorded}
    print(f"transformers {transformers.__version__}: {len(worst)} prepared pictures, largest difference {max(worst.values())} levels")
    for key, value in worst.items():
        if value:
            print(f"  {key}: {value}")


main(*sys.argv[1:])
