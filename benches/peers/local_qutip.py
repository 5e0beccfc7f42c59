"""Exact dynamics with local noise by QuTiP `mesolve` in the space of all 2^N states: two ensembles of four atoms.

gamma = 1, r = 0.7, gamma_- = 0.3, gamma_z = 0.2, all atoms down, gamma t = 0..5 in 51 points.  Observables <X+^2>, <Z_1>,
<Z_2>, <Z_1 Z_2>.  Prints the seconds of one call of `mesolve` (after imports and after the operators are built) and a checksum.
--survey measures, for every method and a ladder of tolerances, the seconds and the true error: the largest difference
of the observables from the run of vern9 at 1e-12; the default is the fastest setting with an error below 1e-8.
"""
import argparse, warnings
warnings.filterwarnings("ignore")
import numpy as np
import qutip as qt

from mesolve import ladder, solve

BEST = dict(method="tsit5", matrix_form=True, atol=1e-10, rtol=1e-10)


def problem(n, r, minus, phase):
    low, z, one = qt.basis(2, 1) * qt.basis(2, 0).dag(), qt.sigmaz(), qt.qeye(2)
    on = lambda op, j: qt.tensor([op if k == j else one for k in range(2 * n)]).to("csr")
    atoms = range(2 * n)
    O = [sum(on(low, j) for j in atoms if j // n == i) for i in (0, 1)]
    jumps = [np.cosh(r) * O[i] + np.sinh(r) * O[1 - i].dag() for i in (0, 1)]
    jumps += [np.sqrt(minus) * on(low, j) for j in atoms] + [np.sqrt(phase) * on(z, j) for j in atoms]
    X = sum(a + a.dag() for a in O) / 2
    Z = [(a.dag() * a - a * a.dag()) / 2 for a in O]
    start = qt.ket2dm(qt.tensor([qt.basis(2, 1)] * (2 * n)))
    return 0 * O[0], start, jumps, [a.to("csr") for a in (X * X, Z[0], Z[1], Z[0] * Z[1])]


def survey(parts, times, methods):
    exact = solve(parts, times, method="vern9", matrix_form=True, atol=1e-12, rtol=1e-12)[2]
    settings = [(k, dict(atol=10.0**-k, rtol=10.0**-k)) for k in range(8, 13)]
    for method in methods:
        for matrix_form in ((True, False) if method == "tsit5" else (True,)):
            ladder(parts, times, exact, method, matrix_form, settings)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--half", type=int, default=4, help="atoms in each ensemble")
    p.add_argument("--survey", nargs="*", metavar="METHOD")
    a = p.parse_args()
    parts, times = problem(a.half, 0.7, 0.3, 0.2), np.linspace(0, 5, 51)
    if a.survey is not None:
        survey(parts, times, a.survey or ["tsit5", "vern7", "dop853", "adams", "vern9", "lsoda", "bdf"])
    else:
        seconds, cpu, out = solve(parts, times, **BEST)
        print(f"QuTiP {qt.__version__} {BEST}: {a.half} and {a.half} atoms, checksum {out[0].sum():.9f} {out[3].sum():.9f}, "
              f"cpu {cpu:.3f} s, {seconds:.3f} s")
