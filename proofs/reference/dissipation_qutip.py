"""Eq. (10) with QuTiP `mesolve` in the full space: no symmetry, no closed form.  Writes dissipation_qutip.json.

Every case is solved twice or more (Vern9, Adams or BDF, and for the smallest sizes the dense matrix exponential of
QuTiP's Liouvillian); `spread` is the largest difference of each observable between the methods, over all times.
The values are those of the method named first in `methods`.  gamma = 1.
"""
import json, os, time
import numpy as np
import qutip as qt
from scipy.linalg import expm

TOL = dict(atol=1e-12, rtol=1e-10, nsteps=10**7)
NAMES = ["x_plus_sq", "x_minus_sq", "y_plus_sq", "y_minus_sq", "z1", "z2"]


def spin(twice_s):
    return [float(m * (twice_s + 1 - m)) for m in range(1, twice_s + 1)]


def lower(o2):
    return qt.Qobj(np.diag(np.sqrt(np.array(o2)), 1)).to("csr")


def case(label, o2_1, o2_2, r, times, start=None, methods=("vern9", "adams"), spins=None):
    d1, d2 = len(o2_1) + 1, len(o2_2) + 1
    O1, O2 = qt.tensor(lower(o2_1), qt.qeye(d2)), qt.tensor(qt.qeye(d1), lower(o2_2))
    c, s = np.cosh(r), np.sinh(r)
    jumps = [c * O1 + s * O2.dag(), c * O2 + s * O1.dag()]
    X = [(O + O.dag()) / 2 for O in (O1, O2)]
    Y = [-1j * (O.dag() - O) / 2 for O in (O1, O2)]
    Z = [(O.dag() * O - O * O.dag()) / 2 for O in (O1, O2)]
    ops = [(X[0] + X[1])**2, (X[0] - X[1])**2, (Y[0] + Y[1])**2, (Y[0] - Y[1])**2, Z[0], Z[1]]
    if start is None:
        rho0 = qt.ket2dm(qt.tensor(qt.basis(d1, 0), qt.basis(d2, 0)))
    else:
        rho0 = start(d1, d2)
    equal = o2_1 == o2_2
    if equal:
        psi = sum((-np.tanh(r))**m * qt.tensor(qt.basis(d1, m), qt.basis(d2, m)) for m in range(d1)).unit()
    results, spent = {}, {}
    for method in methods:
        begin = time.perf_counter()
        if method == "expm":
            L = qt.liouvillian(0 * ops[4], jumps).full()
            v = qt.operator_to_vector(rho0).full()
            dims = qt.operator_to_vector(rho0).dims
            states = [qt.vector_to_operator(qt.Qobj(expm(L * t) @ v, dims=dims)) for t in times]
        else:
            grid = times if times[0] == 0 else [0.0] + times
            states = qt.mesolve(0 * ops[4], rho0, grid, jumps, options=dict(method=method, progress_bar="", **TOL)).states
            states = states[len(grid) - len(times):]
        rows = {n: [qt.expect(o, st).real for st in states] for n, o in zip(NAMES, ops)}
        if spins:
            n_atoms = 2 * sum(spins)
            rows["xi2"] = [n_atoms * x / (a + b)**2 if abs(a + b) > 1e-3 else None
                           for x, a, b in zip(rows["x_plus_sq"], rows["z1"], rows["z2"])]
        if equal:
            rows["infidelity"] = [1 - qt.expect(qt.ket2dm(psi), st).real for st in states]
        rows["purity"] = [(st * st).tr().real for st in states]
        results[method], spent[method] = rows, round(time.perf_counter() - begin, 2)
    first = results[methods[0]]
    spread = {n: max(abs(a - b) for m in methods[1:] for a, b in zip(first[n], results[m][n]) if a is not None)
              if any(v is not None for v in first[n]) else None for n in first}
    print(label, r, spent, "spread", max(v for v in spread.values() if v is not None), flush=True)
    return {"case": label, "o2_1": o2_1, "o2_2": o2_2, "r": r, "atoms": 2 * sum(spins) if spins else None,
            "times": times, "methods": list(methods), "spread": spread, **first}


def product(m1, m2):
    return lambda d1, d2: qt.ket2dm(qt.tensor(qt.basis(d1, m1), qt.basis(d2, m2)))


def paired(coefficients):
    return lambda d1, d2: qt.ket2dm(sum(a * qt.tensor(qt.basis(d1, m), qt.basis(d2, m))
                                        for m, a in enumerate(coefficients)).unit())


def mixed(d1, d2):
    """0.5 |1,0><1,0| + 0.3 |phi><phi| + 0.2 |0,0><0,0|, phi = (|0,0> + |2,0>)/sqrt2: not symmetric under exchange,
    and with coherences of d_ket - d_bra = 2."""
    e = lambda i, j: qt.tensor(qt.basis(d1, i), qt.basis(d2, j))
    return 0.5 * qt.ket2dm(e(1, 0)) + 0.3 * qt.ket2dm((e(0, 0) + e(2, 0)).unit()) + 0.2 * qt.ket2dm(e(0, 0))


def main():
    cases = []
    times = [0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]
    for n in (1, 2, 3):
        for r in (0.0, 0.3, 0.75, 1.5, 2.3) + ((-0.75,) if n == 2 else ()):
            cases.append(case(f"spin {n}/2", spin(n), spin(n), r, times, spins=(n / 2, n / 2),
                              methods=("vern9", "adams", "expm")))
    for r in (0.0, 0.3, 0.75, 1.5):
        cases.append(case("spin 5/2", spin(5), spin(5), r, times, spins=(2.5, 2.5)))
    tables = [("boson cut off at 5", [1., 2., 3., 4., 5.]), ("two-photon, m_max = 3", [2., 12., 30.]),
              ("table 1, 4, 9/4", [1., 4., 2.25]), ("table with a zero: 1, 0, 2", [1., 0., 2.])]
    for label, o2 in tables:
        for r in (0.3, 0.75):
            cases.append(case(label, o2, o2, r, times, methods=("vern9", "adams", "expm")))
    for a, b in ((1, 2), (2, 3), (2, 4), (3, 5)):
        for r in (0.0, 0.3, 0.75, 1.5):
            cases.append(case(f"spins {a}/2 and {b}/2", spin(a), spin(b), r, times, spins=(a / 2, b / 2)))
    cases.append(case("tables (1, 2) and (1, 4, 9/4)", [1., 2.], [1., 4., 2.25], 0.5, times))
    for n in (2, 3):
        starts = [("product |1,0>", product(1, 0)), ("product |2,1>", product(2, 1)),
                  ("paired 1, -2, 1", paired([1, -2, 1])), ("paired 1, i, -1", paired([1, 1j, -1])), ("mixed", mixed)]
        for label, start in starts:
            cases.append(case(f"spin {n}/2 from {label}", spin(n), spin(n), 0.75, times, start=start,
                              spins=(n / 2, n / 2), methods=("vern9", "adams", "expm")))
    cases.append(case("spins 1 and 3/2 from mixed", spin(2), spin(3), 0.75, times, start=mixed, spins=(1, 1.5)))
    for r in (0.0, 0.3, 0.75, 1.5):
        cases.append(case("spin 9/2", spin(9), spin(9), r, times, spins=(4.5, 4.5),
                          methods=("vern9", "adams") if r < 1 else ("vern9", "bdf")))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dissipation_qutip.json")
    with open(path, "w") as f:
        program = f"QuTiP {qt.__version__}, numpy {np.__version__}"
        json.dump({"program": program, "tolerances": TOL, "cases": cases}, f, indent=1)


if __name__ == "__main__":
    main()
