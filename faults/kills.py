#!/usr/bin/env python3
"""Kills commands of d2v at random moments, lets the same command go on, and compares with a run that was never killed.

    faults/kills.py [--rounds N] [--seed S] [--only pretrain,embed] [--d2v COMMAND] [--work FOLDER]

Everything runs on one thread, where a resumed command is equal to an uninterrupted one bit for bit. A row of the table that is printed:
rounds tried, kills, rounds that ended equal, rounds lost. The exit code is 0 if none was lost. Needs Python 3 only.
"""
import argparse
import filecmp
import json
import os
import random
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TINY = ("precision=fp32 device=cpu image.size=16 model.prenet=1 model.depth=2 model.block.width=16 model.block.heads=2"
        " data2vec2.clones=2 data2vec2.decoder.width=16 data2vec2.decoder.layers=1 data2vec2.targets.layers=2 train.batch=4"
        " train.threads=1 train.log_every=1 evaluate.bank=40 evaluate.queries=20").split()


class Campaign:
    def __init__(self, options):
        self.d2v = shlex.split(options.d2v)
        self.work = Path(options.work or tempfile.mkdtemp(prefix="faults-"))
        self.work.mkdir(parents=True, exist_ok=True)
        self.random = random.Random(options.seed)
        self.environment = dict(os.environ, OMP_NUM_THREADS="1")
        self.log = open(self.work / "log.txt", "ab")
        self.base = self.work / "pretrain-whole"

    def start(self, words):
        return subprocess.Popen(self.d2v + [str(word) for word in words], stdout=self.log, stderr=self.log, env=self.environment)

    def finish(self, words):
        begun = time.time()
        code = self.start(words).wait()
        return code, time.time() - begun

    def killed(self, words, seconds):
        """Kills the command at a moment of its first `seconds`; False if it had ended before."""
        process = self.start(words)
        try:
            process.wait(self.random.uniform(0.05, 1) * seconds)
            return False
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True

    # What each command is, by the name of its output.
    def pretrain(self, name):
        return ["pretrain", "recipe=image-tiny", f"run={self.work / name}", "data=synthetic:60", *TINY, "train.updates=60",
                "checkpoint.every_updates=10", "evaluate.every_updates=20"]

    def finetune(self, name):
        return ["finetune", "recipe=image-tiny-classes", f"from={self.base}", f"run={self.work / name}", "data=synthetic:60",
                "test=synthetic:40", "precision=fp32", "device=cpu", "images.size=16", "train.updates=30", "train.batch=4",
                "train.threads=1", "checkpoint.every_updates=5", "schedule.warmup=2"]

    def embed(self, name):
        return ["embed", f"run={self.base}", "data=synthetic:6000", f"output={self.work / name}.npy"]

    def evaluate(self, name):
        run = self.work / name
        if not run.exists():
            subprocess.run(["cp", "-r", str(self.base), str(run)], check=True)
        return ["evaluate", run, "data=synthetic:60", "test=synthetic:40"]

    def export(self, name):
        return ["export", f"run={self.base}", "--output", f"{self.work / name}.onnx"]

    def equal(self, command, whole, other):
        if command in ("pretrain", "finetune"):
            folders = [sorted((self.work / name / "checkpoints").iterdir())[-1] for name in (whole, other)]
            weights = [file.name for file in sorted(folders[0].glob("*.safetensors"))]
            scores = [[line for line in (self.work / name / "metrics.jsonl").read_text().splitlines() if "eval/" in line]
                      for name in (whole, other)]
            scores = [[{k: v for k, v in json.loads(line).items() if k != "elapsed"} for line in lines] for lines in scores]
            pages = command == "finetune" or (self.work / other / "report.html").exists()
            return scores[0] == scores[1] and pages and folders[0].name == folders[1].name and all(
                filecmp.cmp(folders[0] / file, folders[1] / file, shallow=False) for file in weights)
        if command == "evaluate":
            tables = [json.loads((self.work / name / "evaluation.json").read_text()) for name in (whole, other)]
            return self.scores(tables[0]) == self.scores(tables[1])
        ends = (".npy", ".names.txt") if command == "embed" else (".onnx",)
        files = [self.work / (other + end) for end in ends]
        left = list(self.work.glob(f".{other}.*.part")) + list(self.work.glob(f".{other}.*.tmp"))
        if command == "export":  # the run's name is in the file, and is the same
            left = []
        return not left and all(
            filecmp.cmp(self.work / (whole + end), file, shallow=False) for end, file in zip(ends, files))

    def scores(self, node):
        """All numbers of an evaluation but times."""
        if isinstance(node, dict):
            return {k: self.scores(v) for k, v in node.items() if not any(w in k.lower() for w in ("second", "time", "date", "path", "run"))}
        return [self.scores(v) for v in node] if isinstance(node, list) else node

    def campaign(self, command, rounds):
        words = getattr(self, command)
        whole = f"{command}-whole"
        code, seconds = self.finish(words(whole))
        if code != 0:
            sys.exit(f"{command} does not work at all: see {self.work / 'log.txt'}")
        kills = equal = 0
        for number in range(rounds):
            name = f"{command}-{number}"
            for _ in range(self.random.choice((1, 1, 2))):
                kills += self.killed(words(name), seconds)
            code, _ = self.finish(words(name))
            same = code == 0 and self.equal(command, whole, name)
            equal += same
            if not same:
                print(f"lost: round {number} of {command} (exit code {code}); see {self.work / name}", file=sys.stderr)
        return rounds, kills, equal, rounds - equal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40, help="of each command (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="pretrain,finetune,embed,evaluate,export")
    parser.add_argument("--d2v", default=str(ROOT / "d2v"), help="the command, such as 'java -cp … org.data2vec4j.cli.D2v'")
    parser.add_argument("--work", help="a folder for everything that is written (a temporary one)")
    options = parser.parse_args()
    campaign = Campaign(options)
    only = options.only.split(",")
    if "pretrain" not in only and not campaign.base.exists():
        campaign.finish(campaign.pretrain("pretrain-whole"))
    print("| command | rounds | kills | equal to the bit | lost |\n| --- | ---: | ---: | ---: | ---: |", flush=True)
    any_lost = False
    for command in only:
        rounds, kills, equal, lost = campaign.campaign(command, options.rounds)
        print(f"| {command} | {rounds} | {kills} | {equal} | {lost} |", flush=True)
        any_lost |= lost > 0
    print(f"seed {options.seed}")
    sys.exit(any_lost)


if __name__ == "__main__":
    main()
