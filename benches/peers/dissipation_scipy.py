"""The time evolution of dissipation_qutip.py with SciPy, on the problem that is reduced by symmetry.

From |0,0> the density matrix of two equal spins stays real, in the sector d_ket = d_bra (d = m1 - m2), symmetric under
transposition and under exchange of the spins: one unknown for each orbit.  Default: BDF with the sparse Jacobian.
Other solvers of SciPy by --method; "expm" is one dense exponential of L dt and 200 products, for small sizes.
Prints the seconds of the solution (with observables, after imports; building the matrix is counted and shown
separately) and a checksum.  --survey: seconds and true error of the solvers over tolerances.
"""
import argparse, math, time
from fractions import Fraction
import numpy as np
import scipy
import scipy.linalg as la
from scipy.integrate import solve_ivp
from scipy.sparse.linalg import expm_multiply

from reduced import liouvillian

# loosest tolerances with an error below 1e-8 at S = 9/2 (--survey)
BEST = {"BDF": (1e-11, 1e-11), "Radau": (1e-8, 1e-10), "LSODA": (1e-9, 1e-11), "DOP853": (1e-3, 1e-3), "RK45": (1e-8, 1e-10)}


def reduced(n, r):
    """Orbits of |a,a+e><b,b+e| (d = e >= 0, a >= b): index, Liouvillian, observables as rows, start."""
    c, s, M = math.cosh(r), math.sinh(r), n
    o = np.sqrt(np.array([m * (n + 1 - m) for m in range(n + 2)], dtype=float))      # o[0] = o[n+1] = 0
    offset, size = [], 0
    for e in range(n + 1):
        offset.append(size)
        size += (n + 1 - e) * (n + 2 - e) // 2
    # unknown (e, a, b): element <a+e, a| rho |b+e, b>, a >= b
    e, a, b = (np.concatenate(x) for x in zip(*[(np.full((n + 1 - e) * (n + 2 - e) // 2, e),
               *np.tril_indices(n + 1 - e)) for e in range(n + 1)]))
    offset = np.array(offset)

    def index(e, a, b):                                    # e of any sign: m1 = a + e, m2 = a
        flip = e < 0
        a, b, e = np.where(flip, a + e, a), np.where(flip, b + e, b), np.abs(e)
        hi, lo = np.maximum(a, b), np.minimum(a, b)
        return offset[np.minimum(e, n)] + hi * (hi + 1) // 2 + lo

    L, (up1, dn1, up2, dn2) = liouvillian(e, a, b, o, o, c, s, index)

    twice = np.where(e > 0, 2.0, 1.0)                      # members of the orbit that differ by exchange
    diag = a == b
    A = diag * twice * (dn1**2 + dn2**2 + up1**2 + up2**2) / 4
    B = (a == b + 1) * twice * dn1 * dn2
    z = diag * twice * (dn1**2 - up1**2 + dn2**2 - up2**2) / 4
    psi = (-math.tanh(r))**np.arange(n + 1.0)
    psi /= np.linalg.norm(psi)
    fidelity = (e == 0) * psi[a] * psi[b] * np.where(diag, 1.0, 2.0)
    start = np.zeros(size)
    start[0] = 1
    return L, np.array([A + B, A - B, z, z, fidelity]), start


def solve(L, observables, start, times, method, rtol, atol):
    begin, cpu = time.perf_counter(), time.process_time()
    R = L.tocsr()
    jacobian = {"BDF": dict(jac=L), "Radau": dict(jac=L), "LSODA": dict(jac=lambda t, x: L.toarray())}.get(method, {})
    out = solve_ivp(lambda t, x: R @ x, (times[0], times[-1]), start, t_eval=times, method=method, rtol=rtol, atol=atol,
                    **jacobian)
    values = observables @ out.y
    return time.perf_counter() - begin, time.process_time() - cpu, values


def solve_expm(L, observables, start, times):
    """exp(L dt) once, dense, then one product for each point: equidistant times only."""
    begin, cpu = time.perf_counter(), time.process_time()
    E = la.expm(L.toarray() * (times[1] - times[0]))
    x, columns = start, [start]
    for _ in times[1:]:
        x = E @ x
        columns.append(x)
    values = observables @ np.array(columns).T
    return time.perf_counter() - begin, time.process_time() - cpu, values


def solve_expm_multiply(L, observables, start, times):
    """Truncated Taylor series of Al-Mohy and Higham on the interval."""
    begin, cpu = time.perf_counter(), time.process_time()
    columns = expm_multiply(L.tocsr(), start, start=times[0], stop=times[-1], num=len(times), endpoint=True)
    values = observables @ columns.T
    return time.perf_counter() - begin, time.process_time() - cpu, values


DIRECT = {"expm": solve_expm, "expm_multiply": solve_expm_multiply}


def survey(parts, times, methods):
    _, _, exact = solve(*parts, times, "DOP853", 1e-13, 1e-15)
    for method in methods:
        if method in DIRECT:
            seconds, cpu, out = DIRECT[method](*parts, times)
            print(f"{method:36} {seconds:8.3f} s, cpu {cpu:8.3f} s, error {abs(out - exact).max():.1e}", flush=True)
            continue
        for k in range(3 if method in ("DOP853", "RK45") else 6, 13):
            for gap in (0, 2):
                seconds, cpu, out = solve(*parts, times, method, 10.0**-k, 10.0**-(k + gap))
                print(f"{method:7} rtol 1e-{k} atol 1e-{k + gap} {seconds:8.3f} s, cpu {cpu:8.3f} s, "
                      f"error {abs(out - exact).max():.1e}", flush=True)
            if abs(out - exact).max() < 1e-9:
                break


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--spin", type=Fraction, default=Fraction(9, 2))
    p.add_argument("--r", type=float, default=0.75)
    p.add_argument("--method", default="BDF", choices=[*BEST, "expm", "expm_multiply"])
    p.add_argument("--rtol", type=float)
    p.add_argument("--atol", type=float)
    p.add_argument("--survey", nargs="*", metavar="METHOD")
    a = p.parse_args()
    times = np.linspace(0, 20, 201)
    begin = time.perf_counter()
    parts = reduced(int(2 * a.spin), a.r)
    built = time.perf_counter() - begin
    if a.survey is not None:
        survey(parts, times, a.survey or ["BDF", "Radau", "LSODA", "DOP853", "RK45", "expm", "expm_multiply"])
    else:
        if a.method in DIRECT:
            how = a.method
            seconds, cpu, out = DIRECT[how](*parts, times)
        else:
            rtol, atol = a.rtol or BEST[a.method][0], a.atol or BEST[a.method][1]
            how = f"{a.method} rtol={rtol:g} atol={atol:g}"
            seconds, cpu, out = solve(*parts, times, a.method, rtol, atol)
        print(f"SciPy {scipy.__version__} {how}: S={a.spin}, r={a.r}, "
              f"{len(parts[2])} unknowns, built in {built:.3f} s, checksum {out[0].sum():.9f} {out[4].sum():.9f}, "
              f"cpu {cpu:.3f} s, {seconds:.3f} s")
