"""Encoders written by `d2v export run=RUN --output FILE.safetensors`, in plain NumPy: one input at a time, in float32.

    from load_data2vec4j import Encoder
    encoder = Encoder("photos.safetensors")
    features = encoder(pixels)           # (positions, width)
    vector = encoder.vector(pixels)      # (width,): what `d2v embed` writes

pixels: (3, height, width), (value / 255 - mean) / std; recordings: (samples,) at 16 kHz, with mean 0 and variance 1 where the
configuration says normalize; texts: (tokens,) token numbers, 0 first and 2 last. On the command line, with .npy files:

    python3 load_data2vec4j.py photos.safetensors pixels.npy features.npy

The layout is described in weights.md beside this file.
"""

import json
import struct
import sys

import numpy as np

TYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "I32": "<i4", "U8": "u1", "BOOL": "?"}


def load(path):
    """The tensors and the metadata of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def erf(x):
    """Abramowitz and Stegun 7.1.26: wrong by 1.5e-7 at most."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1 - poly * np.exp(-x * x))


def gelu(x):
    return 0.5 * x * (1 + erf(x / np.sqrt(2)))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def norm(x, epsilon, weight=1, bias=0, axis=-1):
    centred = x - x.mean(axis, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis, keepdims=True) + epsilon) * weight + bias


def conv1d(x, weight, bias=0, stride=1, padding=0, groups=1):
    """(T, C) and (out, C / groups, kernel) to (T', out)."""
    x = np.pad(x, ((padding, padding), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2], axis=0)[::stride]  # T' C kernel
    windows = windows.reshape(len(windows), groups, -1)
    weight = weight.reshape(groups, len(weight) // groups, -1)
    return np.einsum("tgi,goi->tgo", windows, weight).reshape(len(windows), -1) + bias


class Encoder:
    def __init__(self, path):
        self.p, self.metadata = load(path)
        self.config = json.loads(self.metadata["config"])
        self.model = self.config["model"]
        self.block = self.model["block"]

        self.pooling = self.model.get("pooling", "mean")

    def __call__(self, x):
        return self.all(x)[self.model["extra_tokens"] :]

    def all(self, x):
        x, columns = self.tokens(np.asarray(x))
        x = x + self.positions(x)
        bias = self.biases(len(x), columns)
        extra = self.model["extra_tokens"]
        if extra:
            x = np.concatenate([self.p["encoder.extra_tokens"][0], x])
        epsilon = self.block["norm_epsilon"]
        if "encoder.context_norm.weight" in self.p:
            x = self.norm("encoder.context_norm", x, epsilon)
        names = [f"encoder.context.blocks.{i}" for i in range(self.model["prenet"])]
        names += [f"encoder.main.blocks.{i}" for i in range(self.model["depth"])]
        for i, name in enumerate(names):
            x = self.transformer(name, x, bias(i), epsilon)
        if "encoder.norm.weight" in self.p and self.pooling != "normed_mean":
            x = self.norm("encoder.norm", x, epsilon)
        return x.astype(np.float32)

    def vector(self, x):
        """The vector that `d2v embed` writes of an input."""
        x, extra = self.all(x), self.model["extra_tokens"]
        if self.pooling == "cls":
            return x[extra - 1]
        mean = x[extra:].mean(0)
        return self.norm("encoder.norm", mean, self.block["norm_epsilon"]) if self.pooling == "normed_mean" else mean

    def linear(self, name, x):
        return x @ self.p[name + ".weight"].T + self.p[name + ".bias"]

    def norm(self, name, x, epsilon):
        return norm(x, epsilon, self.p[name + ".weight"], self.p[name + ".bias"])

    # ---- feature encoders: (T, D) tokens, and how many of them are in a row ----

    def tokens(self, x):
        if "image" in self.config:
            return self.image(x, self.config["image"])
        if "audio" in self.config:
            audio = self.config["audio"]
            return self.audio(x, audio["feature_encoder"] if "feature_encoder" in audio else audio["front_end"])  # its old name
        return self.text(x, self.config["text"])

    def image(self, x, config):
        patch = config["patch"]
        rows, columns = x.shape[1] // patch, x.shape[2] // patch
        pieces = x.reshape(x.shape[0], rows, patch, columns, patch).transpose(1, 3, 0, 2, 4).reshape(rows * columns, -1)
        weight = self.p["encoder.local.proj.weight"]
        x = pieces @ weight.reshape(len(weight), -1).T + self.p["encoder.local.proj.bias"]
        if config["positions"] == "learned":
            x = x + self.p["encoder.local.positions"]
        if config["positions"] == "sin_cos":
            quarter = x.shape[1] // 4
            place = np.arange(len(x))[:, None]
            frequency = 10000.0 ** (-np.arange(quarter) / quarter)
            column, row = place % columns * frequency, place // columns * frequency
            x = x + np.concatenate([np.sin(column), np.cos(column), np.sin(row), np.cos(row)], 1)
        return x, columns

    def audio(self, x, config):
        x = x[:, None]
        for i, layer in enumerate(config["extractor"]):
            name = f"encoder.local.extractor.layers.{i}."
            x = conv1d(x, self.p[name + "weight"], self.p.get(name + "bias", 0), layer["stride"])
            if name + "norm.weight" in self.p:
                over = 0 if config["norm"] == "group" else -1
                x = norm(x, 1e-5, self.p[name + "norm.weight"], self.p[name + "norm.bias"], over)
            x = gelu(x)
        return self.linear("encoder.local.proj", self.norm("encoder.local.norm", x, 1e-5)), len(x)

    def text(self, x, config):
        tokens = self.p["encoder.local.tokens.weight"][x]
        if config["positions"] == "learned":
            tokens = tokens + self.p["encoder.local.places.weight"][2 : 2 + len(x)]  # from one past <pad>
        return self.norm("encoder.local.norm", tokens, config["norm_epsilon"]), len(x)

    # ---- places ----

    def positions(self, x):
        config, name = self.model["positions"], "encoder.positions."
        if config["kind"] == "none":
            return 0
        kernel, groups, count = config["kernel"], config["groups"], len(x)
        if config["kind"] == "weight_norm_conv":
            v = self.p[name + "weight"]
            v = v * (self.p[name + "gain"] / np.sqrt((v**2).sum((0, 1), keepdims=True)))
            return gelu(conv1d(x, v, self.p[name + "bias"], 1, kernel // 2, groups)[:count])
        if config["pre_norm"]:
            x = self.norm(name + "norm", x, 1e-5)
        for i in range(config["layers"]):
            weight, bias = self.p[f"{name}layers.{i}.weight"], self.p[f"{name}layers.{i}.bias"]
            x = gelu(norm(conv1d(x, weight, bias, 1, kernel // 2, groups)[:count], 1e-5))
        return x

    def biases(self, count, columns):
        """What is added to the attention scores of a block: (heads, tokens, tokens), the extra tokens first."""
        config, extra = self.model["bias"], self.model["extra_tokens"]
        place = np.arange(count)
        if config["kind"] == "none":
            return lambda block: 0
        if config["kind"] == "alibi":
            distance = np.pad(np.abs(place[:, None] - place[None]), ((extra, 0), (extra, 0)))
            learned = self.p.get("encoder.bias.scale")
            scale = np.full((1, 1, 1, 1, 1), config["initial"]) if learned is None else np.maximum(learned, 0)
            slopes = self.slopes(self.block["heads"])[:, None, None]
            return lambda block: -distance * slopes * scale[min(block, len(scale) - 1), 0]
        reach, table = config["reach"], self.p["encoder.bias.table"]
        row, column = place // columns, place % columns
        down = np.clip(row[:, None] - row[None], -reach, reach) + reach
        right = np.clip(column[:, None] - column[None], -reach, reach) + reach
        entries = np.full((extra + count, extra + count), table.shape[1] - 1)  # among extra tokens
        entries[:extra, extra:] = table.shape[1] - 3
        entries[extra:, :extra] = table.shape[1] - 2
        entries[extra:, extra:] = down * (2 * reach + 1) + right
        return lambda block: table[min(block, len(table) - 1)][entries].transpose(2, 0, 1)

    @staticmethod
    def slopes(heads):
        power = 1 << (heads.bit_length() - 1)
        below = [2.0 ** (-8 * (i + 1) / power) for i in range(power)]
        return np.array(below + [2.0 ** (-8 * (2 * i + 1) / (2 * power)) for i in range(heads - power)])

    # ---- blocks ----

    def transformer(self, name, x, bias, epsilon):
        def branch(layer, scale, x):
            y = self.attention(name, x, bias) if layer == "attn" else self.feed_forward(name, x)
            return y * self.p.get(f"{name}.{scale}", 1)

        if self.block["norm"] == "post":
            x = self.norm(name + ".norm1", x + branch("attn", "scale1", x), epsilon)
            return self.norm(name + ".norm2", x + branch("mlp", "scale2", x), epsilon)
        x = x + branch("attn", "scale1", self.norm(name + ".norm1", x, epsilon))
        y = branch("mlp", "scale2", self.norm(name + ".norm2", x, epsilon))
        return x + y if self.block["norm"] == "pre" else y + y  # pre_fairseq: as its weights were trained

    def attention(self, name, x, bias):
        heads = self.block["heads"]
        q, k, v = self.linear(name + ".attn.qkv", x).reshape(len(x), 3, heads, -1).transpose(1, 2, 0, 3)
        mixed = softmax(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1]) + bias) @ v
        return self.linear(name + ".attn.proj", mixed.transpose(1, 0, 2).reshape(len(x), -1))

    def feed_forward(self, name, x):
        return self.linear(name + ".mlp.fc2", gelu(self.linear(name + ".mlp.fc1", x)))


if __name__ == "__main__":
    np.save(sys.argv[3], Encoder(sys.argv[1])(np.load(sys.argv[2])))
