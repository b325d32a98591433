"""Alternates updates of data2vec4j and of plain PyTorch (A, B, A, B, …) and prints their ratio with its spread.

Run it where nothing else runs, from the root of a built checkout, in an environment with requirements.txt. With --busy N, as many
single-threaded processes compute beside both.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def others_cpu():
    """Seconds of CPU that the whole machine has used."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    busy = sum(int(x) for x in fields[:3]) + sum(int(x) for x in fields[5:8])
    return busy / os.sysconf("SC_CLK_TCK")


def run(command, environment):
    """The command's JSON, with the CPU time of its process and of all others meanwhile."""
    before, own = others_cpu(), os.times()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr[-2000:]}")
    after = os.times()
    cpu = after.children_user + after.children_system - own.children_user - own.children_system
    text = done.stdout
    result = json.loads(text[text.index("{"):])
    return result, cpu, others_cpu() - before - cpu


def processor():
    info = pathlib.Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", info.read_text()) if info.exists() else []
    return (names or [platform.processor()])[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("benches", nargs="*", default=["image", "text"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--updates", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--allocator", action="store_true", help="the peer too with the allocator settings of ./d2v")
    args = parser.parse_args()
    plain = dict(os.environ)
    peer = dict(plain)
    if args.allocator:
        peer |= {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "4294967296",
                 "MALLOC_TOP_PAD_": "67108864"}
    print(f"{processor()}, {os.cpu_count()} cores, {args.threads} threads, load {os.getloadavg()[0]:.1f}, {args.busy} busy processes")
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(args.busy)]
    try:
        for bench in args.benches:
            ours = [ROOT / "d2v", "bench", bench, "--json", "--precision", "fp32", "--updates", str(args.updates),
                    "--threads", str(args.threads)]
            theirs = [sys.executable, HERE / "update.py", bench, "--updates", str(args.updates), "--threads", str(args.threads)]
            theirs += ["--compile"] if args.compile else []
            ratios = []
            for i in range(args.rounds):
                a, cpu_a, other_a = run(ours, plain)
                b, cpu_b, other_b = run(theirs, peer)
                ratios.append(a["best_median_ms"] / b["median_ms"])
                print(f"{bench} round {i + 1}: ours {a['best_median_ms']:.0f} ms (CPU of the run {cpu_a:.0f} s, others {other_a:.0f} s,"
                      f" {a['peak_mb']:.0f} MB), {b['who']} {b['version']} {b['median_ms']:.0f} ms (CPU {cpu_b:.0f} s, others"
                      f" {other_b:.0f} s, {b['peak_mb']:.0f} MB), ratio {ratios[-1]:.2f}", flush=True)
            print(f"{bench}: ours / peer {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}, {args.rounds} rounds)")
    finally:
        for process in busy:
            process.kill()


if __name__ == "__main__":
    main()
