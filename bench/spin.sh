#!/bin/sh
# Updates of the benches by limits of OpenMP's spinning, alternating: on a quiet machine, then beside N busy processes.
#   bench/spin.sh [ROUNDS] [BUSY]
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd)
rounds=${1:-5}
busy=${2:-0}
pids=
trap 'for p in $pids; do kill "$p" 2>/dev/null || true; done' EXIT
i=0
while [ "$i" -lt "$busy" ]; do
    (while :; do :; done) &
    pids="$pids $!"
    i=$((i + 1))
done
grep -m 1 'model name' /proc/cpuinfo || true
for bench in image audio text; do
    round=0
    while [ "$round" -lt "$rounds" ]; do
        for spin in 300000 10000 1000 0; do
            printf '%s busy=%s spin=%s ' "$bench" "$busy" "$spin"
            OMP_NUM_THREADS=2 GOMP_SPINCOUNT=$spin "$root/d2v" bench "$bench" --json --precision fp32 --updates 10 \
                | sed -n 's/.*"best_median_ms" *: *\([0-9.]*\).*/\1 ms/p'
        done
        round=$((round + 1))
    done
done
