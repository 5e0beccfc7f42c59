"""Fig. 1(b) of the paper with QuTiP `mesolve`: S = 9/2, r = 0.75, gamma t = 0..20 in 201 points, full space.

Prints the seconds of one call of `mesolve` (after imports and after the operators are built) and a checksum.
--survey measures, for every method and a ladder of tolerances, the seconds and the true error: the largest difference
of the observables from the run at 1e-13; the default is the fastest setting with an error below 1e-8.
"""
import argparse, warnings
warnings.filterwarnings("ignore")
import numpy as np
import qutip as qt

from mesolve import ladder, solve

EXPLICIT = ("vern7", "vern9", "dop853", "tsit5")
BEST = dict(method="tsit5", matrix_form=True, atol=1e-11, rtol=1e-11)


def problem(twice_s, r):
    d = twice_s + 1
    o = np.sqrt([m * (d - m) for m in range(1, d)])
    lower = qt.Qobj(np.diag(o, 1)).to("csr")
    one = qt.qeye(d)
    O = [qt.tensor(lower, one), qt.tensor(one, lower)]
    jumps = [np.cosh(r) * O[j] + np.sinh(r) * O[1 - j].dag() for j in (0, 1)]
    X = [(a + a.dag()) / 2 for a in O]
    observables = [(X[0] + X[1])**2, (X[0] - X[1])**2]
    observables += [(a.dag() * a - a * a.dag()) / 2 for a in O]
    psi = sum((-np.tanh(r))**m * qt.tensor(qt.basis(d, m), qt.basis(d, m)) for m in range(d)).unit()
    observables.append(qt.ket2dm(psi))
    start = qt.tensor(qt.basis(d, 0), qt.basis(d, 0))
    return 0 * O[0], qt.ket2dm(start), jumps, [a.to("csr") for a in observables]


def settings(method):
    """Tolerances from loose to tight; `diag` has none, `krylov` only an absolute one."""
    for k in [0] if method == "diag" else range(3 if method in EXPLICIT else 7, 12):
        relative = {} if method == "krylov" else dict(rtol=10.0**-k)
        yield k, (dict(atol=10.0**-k) | relative if k else {})


def survey(parts, times, methods):
    _, _, exact = solve(parts, times, method="vern9", atol=1e-13, rtol=1e-13)
    for method in methods:
        for matrix_form in (False, True):
            ladder(parts, times, exact, method, matrix_form, settings(method))


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--twice-spin", type=int, default=9)
    p.add_argument("--r", type=float, default=0.75)
    p.add_argument("--survey", nargs="*", metavar="METHOD")
    a = p.parse_args()
    parts, times = problem(a.twice_spin, a.r), np.linspace(0, 20, 201)
    if a.survey is not None:
        survey(parts, times, a.survey or ["vern7", "dop853", "adams", "vern9", "tsit5", "lsoda", "bdf"])
    else:
        seconds, cpu, out = solve(parts, times, **BEST)
        print(f"QuTiP {qt.__version__} {BEST}: S={a.twice_spin}/2, r={a.r}, checksum {out[0].sum():.9f} {out[4].sum():.9f}, "
              f"cpu {cpu:.3f} s, {seconds:.3f} s")
