#!/bin/sh
# Runs benches/dissipation.rs and its peers alternately and prints medians and ratios.
#
#   benches/run_dissipation.sh [ROUNDS] [--large]     5 rounds by default; --large adds S = 20, a minute of the peer a round
#
# PYTHON is the interpreter that has NumPy, SciPy and QuTiP (python3). The seconds are those that each program measures
# around its work (wall clock), so the start of the interpreter does not count. The dev profile is optimised.
set -eu
cd "$(dirname "$0")/.."
binary=$(cargo bench --profile dev --bench dissipation --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"dissipation".*"executable":"\([^"]*\)".*/\1/p')
[ -x "$binary" ] || { echo "the benchmark does not build: run cargo bench --profile dev --bench dissipation --no-run" >&2; exit 3; }
export OMP_NUM_THREADS=1
exec "${PYTHON:-python3}" - "$binary" "${PYTHON:-python3}" "$@" <<'PYTHON'
import re, statistics, subprocess, sys

binary, python, *rest = sys.argv[1:]
rounds = next((int(a) for a in rest if a.isdigit()), 5)
peer = lambda *a: [python, "benches/peers/" + a[0], *a[1:]]
tasks = [
    ("fig1b", "QuTiP", peer("dissipation_qutip.py")),
    ("fig1b", "SciPy BDF", peer("dissipation_scipy.py")),
    ("fig1b", "SciPy LSODA", peer("dissipation_scipy.py", "--method", "LSODA")),
    ("fig1b", "SciPy expm", peer("dissipation_scipy.py", "--method", "expm")),
    ("steady", "SciPy splu", peer("steady_scipy.py")),
]
if "--large" in rest:
    tasks += [("spin20", "SciPy DOP853", peer("dissipation_scipy.py", "--spin", "20", "--method", "DOP853")),
              ("spin20", "SciPy BDF", peer("dissipation_scipy.py", "--spin", "20", "--rtol", "1e-10", "--atol", "1e-12"))]
for task, name, command in tasks:
    ours, theirs = [], []
    for _ in range(rounds):
        own = subprocess.run([binary, "--once", task], capture_output=True, text=True, check=True).stdout
        other = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        ours.append(float(re.search(r"([0-9.]+) s$", own.strip()).group(1)))
        theirs.append(float(re.search(r"([0-9.e-]+) s$", other.strip()).group(1)))
    ratios = sorted(t / o for t, o in zip(theirs, ours))
    print(f"{task:7} {name:12} ours {statistics.median(ours):.4f} s, peer {statistics.median(theirs):.4f} s, "
          f"peer / ours {statistics.median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})", flush=True)
PYTHON
