"""(S59) with local noise for small ensembles in the space of all 2^N states, no permutation symmetry.  Writes local_exact.json.

gamma = 1; jumps cosh r O_1 + sinh r O_2^dagger, cosh r O_2 + sinh r O_1^dagger, and for each atom sigma^- (gamma_-),
sigma^z = +-1 (gamma_z), sigma^+ (gamma_+).  From |down ... down> (or all up) only elements |k><q| with
ups_1(k) - ups_1(q) = ups_2(k) - ups_2(q) are reached; the Liouvillian on all 4^N elements is cut to these.  r, rates and times
are the doubles nearest to the decimals.

steady: sparse LU in double precision, one row replaced by the trace, then refinement with residuals in 250 bits until
    nothing changes: `digits` says how many decimal digits of all printed values agree in the last two rounds (30 at most).
    `ball`: largest distance from a solution with proven error (FLINT, up to 4 atoms).  `dense`: largest distance from a dense
    solution in double precision (up to 3,500 elements).
dynamics: expm_multiply and DOP853 (rtol 1e-12, atol 1e-14); `spread` is the largest difference.  Up to 4 atoms the values are
    those of the matrix exponential in balls, 28 digits, and `spread` is the largest distance of the two from them.
symmetric: s1, s2, x_plus_sq and <Z_1 Z_2> of steady states for more atoms by another program, on permutation-symmetric operators
    (benches/peers/local_scipy.py, double precision); `full` is its largest distance from `steady` where both exist.
optima: smallest xi^2 of steady states over r (relaxation) and over r and t (dephasing), double precision.

Values: s_i = <Z_i>, c_iiaa and c12aa covariances (c_iiyy = c_iixx, c12yy = -c12xx), x_plus_sq = <X+^2> = <Y-^2>, x_minus_sq,
xi2 = N x_plus_sq/(s1 + s2)^2 with N = n1 + n2.
"""
import json, math, os, sys, time
import flint
import numpy as np
import scipy
import scipy.sparse as sp
from flint import arb, arb_mat, ctx
from scipy.integrate import solve_ivp
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse.linalg import expm_multiply, splu

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "benches", "peers"))
import local_scipy

ctx.prec = 250
NAMES = ["s1", "s2", "c11xx", "c22xx", "c11zz", "c22zz", "c12xx", "c12zz", "x_plus_sq", "x_minus_sq", "xi2"]


class Space:
    """Integer matrices whose sum with weights cosh^2, sinh^2, cosh sinh and the rates is twice the Liouvillian."""

    def __init__(self, n1, n2):
        N = n1 + n2
        self.n, dim = (n1, n2), 2**N
        low = sp.csr_matrix(np.array([[0, 0], [1, 0]]))       # basis (up, down)
        embed = lambda op, j: sp.kron(sp.kron(sp.identity(2**j, dtype=int), op), sp.identity(2**(N - 1 - j), dtype=int), "csr")
        self.lower = [embed(low, j) for j in range(N)]
        self.O = O = [sum(self.lower[:n1]), sum(self.lower[n1:])]
        ups = np.array([[n1 - bin(k >> n2).count("1"), n2 - bin(k & (2**n2 - 1)).count("1")] for k in range(dim)])
        ket, bra = np.divmod(np.arange(dim * dim), dim)
        d = ups[ket] - ups[bra]
        self.kept = np.flatnonzero(d[:, 0] == d[:, 1])
        self.place = -np.ones(dim * dim, dtype=int)
        self.place[self.kept] = np.arange(len(self.kept))
        pair = lambda a, b: self.jump(a, b)
        flip = [embed(sp.csr_matrix(np.diag([1, -1])), j) for j in range(N)]
        self.parts = {"cc": pair(O[0], O[0]) + pair(O[1], O[1]), "ss": pair(O[0].T, O[0].T) + pair(O[1].T, O[1].T),
                      "cs": pair(O[0], O[1].T) + pair(O[1].T, O[0]) + pair(O[1], O[0].T) + pair(O[0].T, O[1]),
                      "minus": sum(pair(a, a) for a in self.lower), "z": sum(pair(a, a) for a in flip),
                      "plus": sum(pair(a.T, a.T) for a in self.lower)}
        X, Z = [a + a.T for a in O], [a.T @ a - a @ a.T for a in O]
        one = sp.identity(dim, dtype=int, format="csr")
        self.trace = self.functional(one)
        self.observables = [(self.functional(a), w) for a, w in (
            (Z[0], 2), (Z[1], 2), (X[0] @ X[0], 4), (X[1] @ X[1], 4), (Z[0] @ Z[0], 4), (Z[1] @ Z[1], 4), (X[0] @ X[1], 4),
            (Z[0] @ Z[1], 4))]

    def jump(self, a, b):
        """2 a rho b^T - b^T a rho - rho b^T a; added to its mirror this is twice the dissipator's cross term."""
        one, k = sp.identity(a.shape[0], dtype=int), (b.T @ a)
        full = (2 * sp.kron(a, b) - sp.kron(k, one) - sp.kron(one, k.T)).tocsr()
        return full[self.kept][:, self.kept]

    def functional(self, a):
        """Row of Tr(a rho), rho_kq at k dim + q."""
        return np.asarray(a.T.todense()).ravel()[self.kept]

    def weights(self, r, minus, z, plus, exact=False):
        c, s = (arb(r).cosh(), arb(r).sinh()) if exact else (math.cosh(r), math.sinh(r))
        to = arb if exact else float
        return {"cc": c * c, "ss": s * s, "cs": c * s, "minus": to(minus), "z": to(z), "plus": to(plus)}

    def liouvillian(self, *p):
        return sum(w / 2 * self.parts[k] for k, w in self.weights(*p).items()).tocsc()

    def pin(self):
        """All down, all down: its equation is replaced by the trace."""
        return int(self.place[-1])

    def state(self, up=False):
        rho = np.zeros(len(self.kept))
        rho[self.place[0 if up else -1]] = 1
        return rho

    def values(self, rho):
        dot = lambda f: sum(int(f[k]) * rho[k] for k in np.flatnonzero(f))
        z1, z2, x11, x22, z11, z22, x12, z12 = (dot(f) / w for f, w in self.observables)
        plus, minus = x11 + x22 + 2 * x12, x11 + x22 - 2 * x12
        xi2 = sum(self.n) * plus / ((z1 + z2) * (z1 + z2))
        return [z1, z2, x11, x22, z11 - z1 * z1, z22 - z2 * z2, x12, z12 - z1 * z2, plus, minus, xi2]


def mid(x):
    return x.mid() if isinstance(x, arb) else x


def text(x):
    return x.str(28, radius=False) if isinstance(x, arb) else repr(float(x))


def steady(space, p):
    L, pin = space.liouvillian(*p), space.pin()
    n = L.shape[0]
    A = L.tolil()
    A[pin] = space.trace
    A = A.tocsc()
    lu = splu(A, permc_spec="COLAMD")
    rhs = np.zeros(n)
    rhs[pin] = 1
    x = [arb(float(v)) for v in lu.solve(rhs)]
    coo = [(k, m.tocoo()) for k, m in space.parts.items()]
    w = space.weights(*p, exact=True)
    terms = [(m.row.tolist(), m.col.tolist(), [int(v) for v in m.data], w[k] / 2) for k, m in coo if not w[k] == 0]
    places = np.flatnonzero(space.trace)
    last, now, digits = None, [v.mid() for v in space.values(x)], 0
    for _ in range(40):
        residual = [arb(0)] * n
        for rows, cols, vals, weight in terms:
            part = [arb(0)] * n
            for i, j, v in zip(rows, cols, vals):
                part[i] += v * x[j]
            residual = [a - (weight * b).mid() for a, b in zip(residual, part)]
        residual[pin] = 1 - sum(x[k] for k in places)
        scale = max(abs(float(v)) for v in residual)
        if scale == 0:                                        # exact
            digits = 30
            break
        step = lu.solve(np.array([float(v.mid() / scale) for v in residual]))
        x = [(a + arb(float(s)) * scale).mid() for a, s in zip(x, step)]
        now = [v.mid() for v in space.values(x)]
        if last is not None:
            far = max(float(abs(a - b) / max(float(abs(a)), 1e-300)) if float(abs(a)) > 1e-40 else 0 for a, b in zip(now, last))
            digits = 30 if far == 0 else min(30, int(-math.log10(far)))
            if digits >= 30:
                break
        last = now
    return now, digits, A, rhs


def matrix(space, p):
    w = space.weights(*p, exact=True)
    n = len(space.kept)
    M = arb_mat(n, n)
    for k, m in space.parts.items():
        m = m.tocoo()
        for i, j, v in zip(m.row.tolist(), m.col.tolist(), m.data.tolist()):
            M[i, j] += w[k] * int(v) / 2
    return M


def ball_steady(space, p):
    M, pin = matrix(space, p), space.pin()
    n = len(space.kept)
    b = arb_mat(n, 1)
    b[pin, 0] = 1
    for j in range(n):
        M[pin, j] = int(space.trace[j])
    x = M.solve(b)
    return space.values([x[i, 0] for i in range(n)])


def distance(a, b):
    return max(abs(float(x - y)) for x, y in zip(a, b))


def steady_case(space, p):
    now, digits, A, rhs = steady(space, p)
    out = {"n1": space.n[0], "n2": space.n[1], **dict(zip(("r", "gamma_minus", "gamma_z", "gamma_plus"), p)), "digits": digits}
    if sum(space.n) <= 4:
        out["ball"] = f"{distance(now, [v.mid() for v in ball_steady(space, p)]):.0e}"
    if len(space.kept) <= 3500:
        dense = space.values(np.linalg.solve(A.toarray(), rhs))
        out["dense"] = f"{distance([float(v) for v in now], dense):.0e}"
    out |= {k: text(v) for k, v in zip(NAMES, now)}
    return out


def dynamics_case(space, p, times, up=False):
    L, rho = space.liouvillian(*p), space.state(up)
    a = [expm_multiply(L * t, rho) if t else rho for t in times]
    b = solve_ivp(lambda t, y: L @ y, (0, times[-1]), rho, method="DOP853", rtol=1e-12, atol=1e-14, t_eval=times).y.T
    one, two = [space.values(v) for v in a], [space.values(v) for v in b]
    out = {"n1": space.n[0], "n2": space.n[1], **dict(zip(("r", "gamma_minus", "gamma_z", "gamma_plus"), p)),
           "start": "all up" if up else "all down", "times": times}
    if sum(space.n) <= 4:
        M = matrix(space, p)
        n = len(rho)
        start = arb_mat(n, 1, [arb(float(v)) for v in rho])
        rows = []
        for t in times:
            x = (M * arb(t)).exp() * start
            rows.append([v.mid() for v in space.values([x[i, 0] for i in range(n)])])
            assert max(float(v.rad()) for v in space.values([x[i, 0] for i in range(n)])) < 1e-29
        fl = [[float(v) for v in row] for row in rows]
        out["spread"] = f"{max(distance(q, f) for k in (one, two) for q, f in zip(k, fl)):.0e}"
    else:
        rows = one
        out["spread"] = f"{max(distance(q, f) for q, f in zip(one, two)):.0e}"
    out |= {k: [text(row[i]) for row in rows] for i, k in enumerate(NAMES)}
    return out


def steady_xi2(space, r, minus, z):
    L, pin = space.liouvillian(r, minus, z, 0.0), space.pin()
    A = L.tolil()
    A[pin] = space.trace
    rhs = np.zeros(L.shape[0])
    rhs[pin] = 1
    return space.values(splu(A.tocsc(), permc_spec="COLAMD").solve(rhs))[-1]


def optimum_steady(space, minus):
    grid = np.arange(1, 41) * 0.1
    values = [steady_xi2(space, r, minus, 0.0) for r in grid]
    k = int(np.argmin(values))
    best = minimize_scalar(lambda r: steady_xi2(space, r, minus, 0.0), bounds=(max(grid[k] - 0.1, 1e-3), grid[k] + 0.1),
                           method="bounded", options=dict(xatol=1e-9))
    return {"n1": space.n[0], "n2": space.n[1], "gamma_minus": minus, "r_opt": float(best.x), "xi2": float(best.fun),
            "at_edge_of_grid": k in (0, len(grid) - 1)}


def transient_xi2(space, r, z, times):
    """xi^2 on an even grid of times."""
    v = expm_multiply(space.liouvillian(r, 0.0, z, 0.0), space.state(), start=times[0], stop=times[-1], num=len(times))
    return np.array([space.values(x)[-1] for x in v])


def optimum_transient(space, z):
    """Grid over r and t, then Nelder-Mead in both."""
    best = (2.0, 0, 0)
    times = np.linspace(0, 8, 161)
    for r in np.arange(1, 31) * 0.1:
        x = transient_xi2(space, r, z, times)
        k = int(np.argmin(x))
        best = min(best, (float(x[k]), float(r), float(times[k])))
    def at(q):
        r, t = abs(q[0]), abs(q[1])
        return space.values(expm_multiply(space.liouvillian(r, 0.0, z, 0.0) * t, space.state()))[-1]
    found = minimize(at, best[1:], method="Nelder-Mead", options=dict(xatol=1e-7, fatol=1e-14))
    return {"n1": space.n[0], "n2": space.n[1], "gamma_z": z, "r_opt": float(found.x[0]), "t_opt": float(found.x[1]),
            "xi2": float(found.fun), "grid": best, "at_edge_of_grid": best[1] > 2.95 or best[2] > 7.9}


def symmetric_case(n1, n2, p, known):
    problem = local_scipy.Problem(n1, n2, *p[:3])
    x = local_scipy.by_lu(problem, **local_scipy.BEST)
    plus, s1, s2, z12 = (float(v) for v in problem.moments(x))
    out = {"n1": n1, "n2": n2, **dict(zip(("r", "gamma_minus", "gamma_z"), p)), "s1": s1, "s2": s2, "x_plus_sq": plus, "z1z2": z12,
           "xi2": (n1 + n2) * plus / (s1 + s2)**2, "residual": f"{abs(problem.L @ x).max() / abs(x).max():.0e}"}
    for c in known:
        if (c["n1"], c["n2"], c["r"], c["gamma_minus"], c["gamma_z"], c["gamma_plus"]) == (n1, n2, *p):
            full = [float(c["s1"]), float(c["s2"]), float(c["x_plus_sq"]), float(c["c12zz"]) + float(c["s1"]) * float(c["s2"])]
            out["full"] = f"{distance(full, [s1, s2, plus, z12]):.0e}"
    return out


def main():
    begin = time.time()
    points = [(0.7, 0.3, 0.2, 0.0), (0.7, 0.3, 0.0, 0.0), (0.7, 0.0, 0.2, 0.0), (1.5, 0.01, 0.0, 0.0), (1.5, 0.0, 0.01, 0.0),
              (0.3, 5.0, 1.0, 0.0), (0.7, 0.3, 0.2, 0.4), (0.0, 0.5, 0.5, 0.0), (2.5, 0.0001, 0.001, 0.0)]
    out = {"program": f"scipy {scipy.__version__}, numpy {np.__version__}, python-flint {flint.__version__}",
           "steady": [], "dynamics": [], "symmetric": [], "optima_steady": [], "optima_transient": []}
    times = [0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0]
    for n in ((1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3), (4, 3)):
        space, N = Space(*n), sum(n)
        for p in points:
            out["steady"].append(steady_case(space, p))
        for p in [points[0], points[2], points[3], points[6]][:2 if N > 6 else 4]:
            out["dynamics"].append(dynamics_case(space, p, times))
        if n == (2, 1):
            out["dynamics"].append(dynamics_case(space, points[0], times, up=True))
        if n[0] == n[1]:
            for rate in (0.01, 0.1, 1.0):
                out["optima_steady"].append(optimum_steady(space, rate))
                out["optima_transient"].append(optimum_transient(space, rate))
        print(n, len(space.kept), f"{time.time() - begin:.0f} s", min(c["digits"] for c in out["steady"]),
              out["dynamics"][-1]["spread"], flush=True)
    for n in ((3, 3), (4, 3), (4, 4), (5, 5), (8, 4), (8, 8), (12, 12)):
        out["symmetric"] += [symmetric_case(*n, p, out["steady"]) for p in points[:4]]
    print(max(float(c["full"]) for c in out["symmetric"] if "full" in c), f"{time.time() - begin:.0f} s")
    with open(os.path.join(HERE, "local_exact.json"), "w") as f:
        json.dump(out, f, indent=1)


if __name__ == "__main__":
    main()
