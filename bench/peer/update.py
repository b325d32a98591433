"""One update of data2vec 2.0 in plain PyTorch: the shapes of `d2v bench image` and `d2v bench text`, on random inputs.

Prints one line of JSON: the median, p10 and p90 of the timed updates in milliseconds, CPU seconds, peak memory, threads.
"""

import argparse
import copy
import json
import platform
import resource
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    """A post-norm transformer block; its target is the feed-forward branch."""

    def __init__(self, width, heads, epsilon):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, epsilon)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.norm2 = nn.LayerNorm(width, epsilon)

    def forward(self, x):
        batch, positions, width = x.shape
        q, k, v = self.qkv(x).view(batch, positions, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, positions, width)
        x = self.norm1(x + self.proj(mixed))
        branch = self.fc2(F.gelu(self.fc1(x)))
        return self.norm2(x + branch), branch


class Encoder(nn.Module):
    """Tokens with positions, extra tokens, blocks."""

    def __init__(self, tokens, positions, width, heads, depth, extra, epsilon):
        super().__init__()
        self.tokens = tokens
        self.positions = nn.Parameter(0.02 * torch.randn(positions, width))
        self.extra = nn.Parameter(torch.randn(1, extra, width)) if extra else None
        self.norm = nn.LayerNorm(width, epsilon)
        self.blocks = nn.ModuleList(Block(width, heads, epsilon) for _ in range(depth))

    def embed(self, source):
        return self.tokens(source) + self.positions

    def forward(self, x):
        if self.extra is not None:
            x = torch.cat([self.extra.expand(len(x), -1, -1), x], 1)
        x = self.norm(x)
        branches = []
        for block in self.blocks:
            x, branch = block(x)
            branches.append(branch)
        return x, branches


class Patches(nn.Module):
    def __init__(self, side, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, side, side)

    def forward(self, images):
        return self.conv(images).flatten(2).transpose(1, 2)


class Decoder(nn.Module):
    """Convolutions over the grid or the row, each with a norm and a GELU, then a projection of masked positions."""

    def __init__(self, kind, width, layers, kernel, groups, hidden):
        super().__init__()
        self.convolutions = nn.ModuleList(kind(width, width, kernel, padding=kernel // 2, groups=groups) for _ in range(layers))
        sizes = [width] + hidden + [width]
        linear = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.proj = nn.Sequential(*[m for layer in linear for m in (layer, nn.GELU())][:-1])

    def forward(self, x, grid, masked):
        x = x.transpose(1, 2).unflatten(2, grid)
        residual = len(self.proj) > 1
        for convolution in self.convolutions:
            y = convolution(x).movedim(1, -1)
            y = F.gelu(F.layer_norm(y, y.shape[-1:])).movedim(-1, 1)
            x = x + y if residual else y
        return self.proj(x.flatten(2).transpose(1, 2).flatten(0, 1)[masked])


class Update(nn.Module):
    """Student, teacher, decoder, optimiser."""

    def __init__(self, encoder, decoder, grid, clones, share, layers, last_norm, cls, averaged):
        super().__init__()
        self.student, self.decoder = encoder, decoder
        self.teacher = copy.deepcopy(encoder).requires_grad_(False)
        self.grid, self.clones, self.share, self.layers = grid, clones, share, layers
        self.last_norm, self.cls, self.averaged = last_norm, cls, averaged

    @torch.no_grad()
    def targets(self, tokens):
        _, branches = self.teacher(tokens)
        extra = branches[0].shape[1] - tokens.shape[1]
        total = 0
        for branch in branches[-self.layers:]:
            x = branch[:, extra:]
            variance, mean = torch.var_mean(x, 1, keepdim=True, correction=0)
            total = total + (x - mean) / (variance + 1e-5).sqrt()
        total = total / self.layers
        return F.layer_norm(total, total.shape[-1:]) if self.last_norm else total

    def forward(self, source):
        tokens = self.student.embed(source)
        targets = self.targets(self.teacher.embed(source) if self.averaged == "encoder" else tokens.detach())
        samples, positions, width = tokens.shape
        rows = samples * self.clones
        visible = round(positions * (1 - self.share))
        order = torch.rand(rows, positions).argsort(1)
        keep, masked = order[:, :visible].sort(1).values, order[:, visible:]
        offsets = torch.arange(rows)[:, None] * positions
        seen = tokens.repeat_interleave(self.clones, 0).flatten(0, 1)[(keep + offsets).flatten()].view(rows, visible, width)
        encoded, _ = self.student(seen)
        extra = encoded.shape[1] - visible
        places = 0.01 * torch.randn(rows * positions, width)
        places = places.index_copy(0, (keep + offsets).flatten(), encoded[:, extra:].reshape(-1, width))
        hidden = (masked + offsets).flatten()
        predicted = self.decoder(places.view(rows, positions, width), self.grid, hidden)
        expected = targets.repeat_interleave(self.clones, 0).flatten(0, 1)[hidden]
        loss = (predicted - expected).square().mean()
        if self.cls:
            pooled = targets.mean(1).repeat_interleave(self.clones, 0)
            loss = loss + self.cls * (encoded[:, extra - 1] - pooled).square().mean()
        return loss

    @torch.no_grad()
    def move(self, decay):
        parts = (self.teacher, self.student) if self.averaged == "encoder" else (self.teacher.blocks, self.student.blocks)
        torch._foreach_lerp_(list(parts[0].parameters()), list(parts[1].parameters()), 1 - decay)


def image():
    encoder = Encoder(Patches(4, 192), 64, 192, 3, 12, 1, 1e-6)
    decoder = Decoder(nn.Conv2d, 192, 6, 3, 16, [])
    return Update(encoder, decoder, (8, 8), 8, 0.8, 10, True, 0.01, "encoder"), lambda: torch.randn(32, 3, 32, 32), 4.0


def text():
    encoder = Encoder(nn.Embedding(8000, 384), 256, 384, 6, 6, 0, 1e-5)
    decoder = Decoder(nn.Conv1d, 384, 5, 9, 1, [768])
    return Update(encoder, decoder, (256,), 8, 0.48, 6, False, 0, "blocks"), lambda: torch.randint(8000, (4, 256)), 1.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", choices=["image", "text"])
    parser.add_argument("--updates", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="torch.compile of student, teacher and decoder")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    model, batch, clip = image() if args.bench == "image" else text()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, 1e-3, fused=True)
    step = torch.compile(model) if args.compile else model
    times = []
    cpu = 0.0
    for i in range(-args.warm_up, args.updates):
        source = batch()
        begun, cpu_begun = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        step(source).backward()
        nn.utils.clip_grad_norm_(trained, clip)
        optimizer.step()
        model.move(0.9998)
        if i >= 0:
            times.append(1000 * (time.perf_counter() - begun))
            cpu += time.process_time() - cpu_begun
    times.sort()
    print(json.dumps({
        "who": "pytorch" + ("+compile" if args.compile else ""), "bench": args.bench, "median_ms": statistics.median(times),
        "p10_ms": times[len(times) // 10], "p90_ms": times[-1 - len(times) // 10], "cpu_s": cpu / args.updates,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "threads": args.threads,
        "version": torch.__version__, "processor": platform.processor() or platform.machine(),
    }))


if __name__ == "__main__":
    main()
