#!/bin/sh
# Runs benches/binomial_sums.rs and its peer alternately and prints medians, ratios and peak memory.
#
#   benches/run.sh [ROUNDS]        7 rounds by default
#   benches/run.sh --break         perturbed statements must be refused by every method and by the peer
#
# PYTHON is the interpreter that has gmpy2 (python3). Every program uses one thread; the seconds are those that each
# program measures around its checks, so the start of the interpreter does not count. Peak memory is that of the process, by /usr/bin/time (package `time`).
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
peer=benches/peers/binomial_sums.py
methods="certificates residues exhaustive"
# Machine-readable output of cargo: the path of the benchmark that it built.
binary=$(cargo bench --bench binomial_sums --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"binomial_sums".*"executable":"\([^"]*\)".*/\1/p')
[ -x "$binary" ] || { echo "the benchmark does not build: run cargo bench --bench binomial_sums --no-run" >&2; exit 3; }

if [ "${1:-}" = --break ]; then
    for method in $methods; do "$binary" --break "$method"; done
    if "$python" "$peer" --break >/dev/null 2>&1; then echo "peer: NOT refused" >&2; exit 1; fi
    echo "peer: a perturbed coefficient is refused"
    exit 0
fi

exec "$python" - "${1:-7}" "$binary" "$python" "$peer" $methods <<'PYTHON'
import re, statistics, subprocess, sys

rounds, (binary, python, peer), methods = int(sys.argv[1]), sys.argv[2:5], sys.argv[5:]
commands = {"peer": [python, peer]} | {m: [binary, "--once", m] for m in methods}
seconds, memory = {name: [] for name in commands}, dict.fromkeys(commands, 0)
for _ in range(rounds):
    for name, command in commands.items():
        # Not the ru_maxrss of a child of this interpreter: that counts the interpreter as well.
        done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{name} failed: {done.stdout}{done.stderr}")
        seconds[name].append(float(re.search(r"([0-9.]+) s$", done.stdout.strip()).group(1)))
        memory[name] = max(memory[name], int(done.stderr.split()[-1]))       # KiB
print(f"{rounds} rounds, alternating; peer / method within each round")
print(f"{'':14}{'median s':>10}{'min':>9}{'max':>9}{'ratio of medians':>19}{'ratio min-max':>17}{'peak MiB':>10}")
for name, times in seconds.items():
    ratios = [p / t for p, t in zip(seconds["peer"], times)]
    middle = statistics.median(times)
    print(f"{name:14}{middle:10.4f}{min(times):9.4f}{max(times):9.4f}"
          f"{statistics.median(seconds['peer']) / middle:19.1f}{f'{min(ratios):.1f} - {max(ratios):.1f}':>17}"
          f"{memory[name] / 1024:10.1f}")
PYTHON
