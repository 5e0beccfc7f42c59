"""Squeezing of one ensemble with local noise in the space of all 2^n states: values to hold rivals against.  Writes rivals.json.

n atoms, S = sum sigma/2, local noise as in (S59): gamma_- sum D[sigma^-] + gamma_z sum D[sigma^z], sigma^z = +-1.
  one-axis      H = S_z^2, start all along +x
  two-axis      H = S_x S_y + S_y S_x, start all down
  dissipative   jump cosh r S^- + sinh r S^+ at rate 1, start all down (its steady state with noise is unique)
xi2 = n (smallest variance perpendicular to <S>)/|<S>|^2, with exact states and so no mean field.  `optimum`: the first
minimum of xi2 on a grid of 1/100 over 0 < t <= 3, refined in t; null without one, or where |<S>| < n/20.  `steady_optimum`: over
0 < r <= 3.  Values at `times` by expm_multiply; `spread` is the
largest relative difference from DOP853 (rtol 1e-12).  Steady states by dense elimination; `spread` from the state at a time 60/gap.
"""
import json, math, os
import numpy as np
import scipy
import scipy.sparse as sp
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar
from scipy.sparse.linalg import expm_multiply

HERE = os.path.dirname(os.path.abspath(__file__))
TIMES = [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8]


class Ensemble:
    def __init__(self, n):
        self.n, self.dim = n, 2**n
        low = sp.csr_matrix([[0.0, 0.0], [1.0, 0.0]])         # basis (up, down)
        embed = lambda op, j: sp.kron(sp.kron(sp.identity(2**j), op), sp.identity(2**(n - 1 - j)), "csr")
        self.lower = [embed(low, j) for j in range(n)]
        self.flip = [embed(sp.csr_matrix(np.diag([1.0, -1.0])), j) for j in range(n)]
        minus = sum(self.lower)
        self.minus, self.S = minus, [(minus + minus.T) / 2, (minus.T - minus) / 2j, sum(self.flip) / 2]
        rows = self.S + [(a @ b + b @ a) / 2 for i, a in enumerate(self.S) for b in self.S[i:]]
        self.functionals = np.array([np.asarray(a.T.todense()).ravel() for a in rows])

    def generator(self, hamiltonian=None, jumps=(), minus=0.0, z=0.0):
        one = sp.identity(self.dim)
        L = 0 * sp.identity(self.dim**2, dtype=complex, format="csr")
        if hamiltonian is not None:
            L = L - 1j * (sp.kron(hamiltonian, one) - sp.kron(one, hamiltonian.T))
        noise = [(1.0, j) for j in jumps] + [(minus, a) for a in self.lower] + [(z, a) for a in self.flip]
        for rate, j in noise:
            if rate:
                k = j.conj().T @ j
                L = L + rate * (sp.kron(j, j.conj()) - sp.kron(k, one) / 2 - sp.kron(one, k.T) / 2)
        return L.tocsr()

    def down(self):
        rho = np.zeros((self.dim, self.dim), dtype=complex)
        rho[-1, -1] = 1
        return rho.ravel()

    def along_x(self):
        return np.full(self.dim**2, 1.0 / self.dim, dtype=complex)

    def xi2(self, rho):
        m = (self.functionals @ rho).real
        mean, second = m[:3], np.zeros((3, 3))
        second[np.triu_indices(3)] = m[3:]
        second += np.triu(second, 1).T
        length = np.linalg.norm(mean)
        if length < 1e-9:
            return math.inf
        basis = np.linalg.svd(mean[None, :] / length)[2][1:]  # two directions perpendicular to the mean
        return float(self.n * np.linalg.eigvalsh(basis @ (second - np.outer(mean, mean)) @ basis.T)[0] / length**2)


def polarisation(e, rho):
    return (e.functionals[:3] @ rho).real


def in_time(e, label, L, start, extra):
    a = [e.xi2(expm_multiply(L * t, start) if t else start) for t in TIMES]
    other = solve_ivp(lambda t, y: L @ y, (0, TIMES[-1]), start, method="DOP853", rtol=1e-12, atol=1e-14, t_eval=TIMES).y.T
    spread = max(abs(e.xi2(v) / x - 1) for x, v in zip(a, other))
    grid = np.linspace(0, 3, 301)
    states = expm_multiply(L, start, start=0, stop=3, num=301)
    curve = [e.xi2(v) for v in states]
    turns = [k for k in range(1, 300) if curve[k] < min(curve[k - 1], curve[k + 1])]
    best = None
    if turns and np.linalg.norm(polarisation(e, states[turns[0]])) > 0.05 * e.n:
        k = turns[0]
        found = minimize_scalar(lambda t: e.xi2(expm_multiply(L * t, start)), bounds=(grid[k - 1], grid[k + 1]),
                                method="bounded", options=dict(xatol=1e-9))
        best = {"t": float(found.x), "xi2": float(found.fun)}
    return {"kind": label, "n": e.n, **extra, "times": TIMES, "xi2": a, "spread": f"{spread:.0e}", "optimum": best}


def steady_state(e, L):
    A = L.toarray()
    A[0] = np.eye(e.dim).ravel()
    rhs = np.zeros(e.dim**2)
    rhs[0] = 1
    return np.linalg.solve(A, rhs)


def dissipative(e, r, minus, z):
    return e.generator(jumps=[math.cosh(r) * e.minus + math.sinh(r) * e.minus.T], minus=minus, z=z)


def steady(e, minus, z):
    rows = []
    for r in (0.3, 0.7, 1.5):
        L = dissipative(e, r, minus, z)
        rho = steady_state(e, L)
        m = (e.functionals @ rho).real
        row = {"kind": "dissipative steady", "n": e.n, "r": r, "gamma_minus": minus, "gamma_z": z, "xi2": e.xi2(rho), "sz": m[2],
               "sx2": m[3], "sy2": m[6], "sz2": m[8]}
        if e.n < 5:
            gap = -np.sort(np.linalg.eigvals(L.toarray()).real)[-2]
            row["spread"] = f"{abs(e.xi2(expm_multiply(L * (60 / gap), e.down())) - row['xi2']):.0e}"
        rows.append(row)
    return rows


def steady_optimum(e, minus, z):
    f = lambda r: e.xi2(steady_state(e, dissipative(e, r, minus, z)))
    grid = np.arange(1, 31) * 0.1
    k = int(np.argmin([f(r) for r in grid]))
    found = minimize_scalar(f, bounds=(max(grid[k] - 0.1, 1e-3), grid[k] + 0.1), method="bounded", options=dict(xatol=1e-9))
    return {"kind": "dissipative steady", "n": e.n, "gamma_minus": minus, "gamma_z": z, "r_opt": float(found.x),
            "xi2": float(found.fun), "at_edge_of_grid": k in (0, 29)}


def main():
    out = {"program": f"scipy {scipy.__version__}, numpy {np.__version__}", "in_time": [], "steady": [], "steady_optimum": []}
    for n in (2, 3, 4, 5, 6):
        e = Ensemble(n)
        x, y, z_axis = e.S
        for minus, z in ((0.0, 0.0), (0.1, 0.0), (0.0, 0.1), (0.3, 0.2), (1.0, 0.0), (0.0, 1.0))[:6 if n < 6 else 4]:
            noise = {"gamma_minus": minus, "gamma_z": z}
            out["in_time"].append(in_time(e, "one-axis", e.generator(z_axis @ z_axis, (), minus, z), e.along_x(), noise))
            out["in_time"].append(in_time(e, "two-axis", e.generator(x @ y + y @ x, (), minus, z), e.down(), noise))
            out["in_time"].append(in_time(e, "dissipative", dissipative(e, 0.7, minus, z), e.down(), {"r": 0.7, **noise}))
            if (minus or z) and n < 6:
                out["steady"] += steady(e, minus, z)
            if (minus or z) and n < 5:
                out["steady_optimum"].append(steady_optimum(e, minus, z))
        print(n, max(float(c["spread"]) for c in out["in_time"]), flush=True)
    with open(os.path.join(HERE, "rivals.json"), "w") as f:
        json.dump(out, f, indent=1)


if __name__ == "__main__":
    main()
