"""Mean-field equations of (S60)-(S67) with their slips repaired: steady states, optima, dynamics.  Writes meanfield.json.

The equations are those of `moments_exact.json` (closure "real part of xyz"), ensembles of n1 and n2 atoms, gamma = 1,
C = cosh 2r, s = sinh 2r, k = gamma_- + gamma_+ + 4 gamma_z, a = C_ii^xx = C_ii^yy, b = C_ii^zz, c = C_12^xx = -C_12^yy, d = C_12^zz:
  z' = -gamma_- (z + n/2) + gamma_+ (n/2 - z) - 2a - C z        c' = -k c + c (z1 + z2) - s z1 z2 - C c - s d
  a' = k (n/4 - a) + C (b - a + z^2) - z/2 + 2 a z              d' = -2 (gamma_- + gamma_+) d - 2 C d - 2 s c
  b' = gamma_- (n/2 - 2b + z) + gamma_+ (n/2 - 2b - z) + 2 C (a - b) + z
r, rates and times are the doubles nearest to the decimals.  x_plus_sq = a1 + a2 + 2c, xi2 = (n1 + n2) x_plus_sq/(z1 + z2)^2.

steady: z' = b' = 0 give a and b; a' is then a quadratic in z, whose coefficients are found from three values.  Of its roots the
    admissible ones (|z| <= n/2, a, b >= 0) with a stable linearised flow are kept; the program stops if there is not just one.  c, d by
    a linear system.  80 digits; the full equations hold within 1e-50 of their largest term.  Without local noise
    2a + b + z^2 is conserved and takes the place of a' (start: all down).  `reached`: relative distance of xi2 from an
    integration from all down (LSODA, double precision, variables v = a + c, w = b - d; equal ensembles, r <= 1).
    `eigenvalues` of the linearised flow by real part, `slowest` is the first (without noise: the first after the zeros).
optima_relaxation: smallest xi2 over r (grid, then a root of the derivative in 80 digits).
dynamics: Taylor series of order 40, 50 digits; `spread` is the largest relative difference from order 30 with shorter steps.
dynamics_double: LSODA and Radau in double precision for long times; `spread` is the largest relative difference.
optima_dephasing: smallest xi2 over r and t, from all down; LSODA to the first minimum of xi2 and a bounded search over log r;
    `check` is the relative distance of xi2 at the same r and t by Radau; `later` the lowest value found after t_opt.
"""
import json, math, os, time
import mpmath
import numpy as np
import scipy
from mpmath import mp, mpf
from scipy.integrate import LSODA, solve_ivp
from scipy.optimize import minimize_scalar

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["s1", "s2", "c11xx", "c22xx", "c11zz", "c22zz", "c12xx", "c12zz"]


def field(y, n, C, s, minus, k, plus):
    """y = z1, z2, a1, a2, b1, b2, c, d"""
    z1, z2, a1, a2, b1, b2, c, d = y
    dz = lambda n, z, a: -minus * (z + n / 2) + plus * (n / 2 - z) - 2 * a - C * z
    da = lambda n, z, a, b: k * (n / 4 - a) + C * (b - a + z * z) - z / 2 + 2 * a * z
    db = lambda n, z, a, b: minus * (n / 2 - 2 * b + z) + plus * (n / 2 - 2 * b - z) + 2 * C * (a - b) + z
    return [dz(n[0], z1, a1), dz(n[1], z2, a2), da(n[0], z1, a1, b1), da(n[1], z2, a2, b2), db(n[0], z1, a1, b1),
            db(n[1], z2, a2, b2), -k * c + c * (z1 + z2) - s * z1 * z2 - C * c - s * d,
            -2 * (minus + plus) * d - 2 * C * d - 2 * s * c]


def cubic_roots(b, c, d):
    """Of x^3 + b x^2 + c x + d by Cardano; the precision that a multiple root costs is there to lose."""
    with mp.workdps(2 * mp.dps):
        p, q = c - b * b / 3, 2 * b**3 / 27 - b * c / 3 + d
        D = mp.sqrt(mp.mpc(q * q / 4 + p**3 / 27))
        u = max(-q / 2 + D, -q / 2 - D, key=abs)
        if u == 0:
            return [mp.mpc(-b / 3)] * 3
        u = mp.cbrt(u)
        turns = [mp.expjpi(mpf(2 * k) / 3) for k in range(3)]
        roots = [u * e - p / (3 * u * e) - b / 3 for e in turns]
        small = mpf(10)**(-mp.dps // 4) * max(map(abs, roots))
        return [mp.mpc(x.real, 0 if abs(x.imag) < small else x.imag) for x in roots]


def eigenvalues(y, C, s, minus, k, plus):
    """Of the linearised flow: one block for each ensemble (z, a, b) and one for (c, d), which drives neither."""
    z1, z2, a1, a2 = y[:4]
    out, g = [], minus + plus
    for z, a in ((z1, a1), (z2, a2)):
        u, v, w = -g - C, -k - C + 2 * z, -2 * g - 2 * C      # diagonal
        p, q = 2 * C * z - mpf(1) / 2 + 2 * a, minus - plus + 1
        # [[u, -2, 0], [p, v, C], [q, 2C, w]]
        minors = u * v + 2 * p + u * w + v * w - 2 * C * C
        det = u * (v * w - 2 * C * C) + 2 * (p * w - C * q)
        out += cubic_roots(-(u + v + w), minors, -det)
    u, w = -k + z1 + z2 - C, -2 * g - 2 * C
    root = mp.sqrt((u - w)**2 + 8 * s * s)
    return sorted(out + [(u + w + root) / 2, (u + w - root) / 2], key=lambda v: (-mp.re(v), mp.im(v)))


def parameters(r, minus, z, plus=0.0):
    r = mpf(r)
    return mp.cosh(2 * r), mp.sinh(2 * r), mpf(minus), mpf(minus) + mpf(plus) + 4 * mpf(z), mpf(plus)


def one_ensemble(n, C, s, minus, k, plus):
    """[(z, a, b)]: all admissible roots for one ensemble, which does not feel the other."""
    n = mpf(n)
    a_of = lambda z: (-minus * (z + n / 2) + plus * (n / 2 - z) - C * z) / 2
    b_of = lambda z: (minus * (n / 2 + z) + plus * (n / 2 - z) + 2 * C * a_of(z) + z) / (2 * (minus + plus + C))
    noiseless = k == 0
    def f(z):
        a, b = a_of(z), b_of(z)
        if noiseless:
            return 2 * a + b + z * z - n / 2 - n * n / 4
        return k * (n / 4 - a) + C * (b - a + z * z) - z / 2 + 2 * a * z
    f0, fp, fm = f(mpf(0)), f(n / 2), f(-n / 2)
    A, B = 2 * (fp + fm - 2 * f0) / n**2, (fp - fm) / n
    scale = (abs(fp) + abs(fm) + abs(f0)) * mpf(10)**-(mp.dps - 10)
    if abs(A) * n * n < scale:
        roots = [-f0 / B]
    else:
        D = mp.sqrt(B * B - 4 * A * f0)
        roots = [(-B + D) / (2 * A), (-B - D) / (2 * A)]
    return [(z, a_of(z), b_of(z)) for z in roots
            if not isinstance(z, mpmath.mpc) and abs(z) <= n / 2 * (1 + mpf(10)**-30) and a_of(z) >= 0 and b_of(z) >= -mpf(10)**-30]


def steady(n, r, minus, z, plus=0.0):
    """All stable admissible steady states."""
    p = C, s, g, k, h = parameters(r, minus, z, plus)
    out = []
    for z1, a1, b1 in one_ensemble(n[0], *p):
        for z2, a2, b2 in one_ensemble(n[1], *p):
            ratio = -s / (g + h + C)                          # d = ratio c
            c = s * z1 * z2 / (-k + z1 + z2 - C - s * ratio)
            y = [z1, z2, a1, a2, b1, b2, c, ratio * c]
            values = eigenvalues(y, *p)
            conserved = 2 if k == 0 else 0
            if mp.re(values[conserved]) < 0:
                out.append((y, values))
    return out


def squeezing(y, n):
    plus = y[2] + y[3] + 2 * y[6]
    return plus, (n[0] + n[1]) * plus / (y[0] + y[1])**2


def text(x, digits=28):
    return mp.nstr(x, digits, strip_zeros=False)


def scaled_field(t, y, n, C, s, q, g, k):
    """z, a, b, v = a + c, w = b - d over n; equal ensembles, no pumping."""
    z, a, b, v, w = y
    return [-g * (z + 0.5) - 2 * a - C * z, k * (0.25 - a) + C * (b - a + n * z * z) - z / 2 + 2 * n * a * z,
            g * (0.5 - 2 * b + z) + 2 * C * (a - b) + z,
            k * (0.25 - v) - C * v + 2 * n * z * v - z / 2 + q * (b + n * z * z) + s * w,
            g * (0.5 + z) - 2 * (g + C) * w + z + 2 * s * v + 2 * q * a]


def scaled_matrix(t, y, n, C, s, q, g, k):
    z, a, b, v, w = y
    return np.array([[-g - C, -2, 0, 0, 0], [2 * n * C * z - 0.5 + 2 * n * a, -k - C + 2 * n * z, C, 0, 0],
                     [g + 1, 2 * C, -2 * (g + C), 0, 0], [2 * n * v - 0.5 + 2 * n * q * z, 0, q, -k - C + 2 * n * z, s],
                     [g + 1, 2 * q, 0, 2 * s, -2 * (g + C)]])


DOWN = [-0.5, 0.25, 0.0, 0.25, 0.0]


def scaled(n, r, minus, z):
    return n, math.cosh(2 * r), math.sinh(2 * r), math.exp(-2 * r), minus, minus + 4 * z


def integrate(args, times, method="LSODA", rtol=1e-11, **more):
    return solve_ivp(scaled_field, (0, times[-1]), DOWN, method=method, args=args, jac=scaled_matrix, rtol=rtol,
                     atol=rtol * 1e-3, t_eval=times, **more)


def steady_case(n, r, minus, z, plus=0.0, full=False):
    found = steady(n, r, minus, z, plus)
    assert len(found) == 1, (n, r, minus, z, plus, len(found))
    (y, values), = found
    p = parameters(r, minus, z, plus)
    scale = max(abs(p[0] * y[0]**2), abs(p[0] * y[2]), abs(p[3] * n[0] / 4), abs(y[2] * y[0]), 1)
    residual = max(map(abs, field(y, [mpf(v) for v in n], *p))) / scale
    assert residual < mpf(10)**-50
    plus_sq, xi2 = squeezing(y, n)
    out = {"n1": n[0], "n2": n[1], "r": r, "gamma_minus": minus, "gamma_z": z, "gamma_plus": plus}
    kept = [k for k in NAMES if n[0] != n[1] or k not in ("s2", "c22xx", "c22zz")]
    out |= {k: text(v) for k, v in zip(NAMES, y) if k in kept} | {"x_plus_sq": text(plus_sq), "xi2": text(xi2)}
    out["slowest"] = text(mp.re(values[2 if p[3] == 0 else 0]), 20)
    if full:
        out["eigenvalues"] = [[text(mp.re(v), 20), text(mp.im(v), 20)] for v in values]
    if n[0] == n[1] and plus == 0 and r <= 1:
        T = 60 / abs(float(out["slowest"]))
        with np.errstate(all="ignore"):
            try:
                got = integrate(scaled(n[0], r, minus, z), [T], rtol=1e-9)
                x = got.y[3][-1] / got.y[0][-1]**2
                out["reached"] = f"{abs(x / float(xi2) - 1):.0e}"
            except Exception as refusal:
                out["reached"] = f"not integrated: {str(refusal)[:60]}"
    return out


def optimum_relaxation(n, minus):
    def f(r):
        p = C, s, g, k, h = parameters(r, minus, 0.0)
        (z, a, b), = one_ensemble(n, *p)                      # equal ensembles
        ratio = -s / (g + C)
        c = s * z * z / (-k + 2 * z - C - s * ratio)
        return squeezing([z, z, a, a, b, b, c, 0], (n, n))[1]
    grid = np.arange(1, 721) / 720 * (math.log(2 * n) / 2 + 3)
    mp.dps = 40
    values = [float(f(float(r))) for r in grid]
    minima = [k for k in range(1, len(grid) - 1) if values[k] < min(values[k - 1], values[k + 1])]
    k = int(np.argmin(values))
    mp.dps = 80
    best = mp.findroot(lambda r: mp.diff(f, r, h=mpf(10)**-25), (mpf(float(grid[k])), mpf(float(grid[k])) + mpf("0.001")),
                       solver="secant", tol=mpf(10)**-40)
    assert abs(best - grid[k]) < 2 * (grid[1] - grid[0])
    return {"n1": n, "n2": n, "gamma_minus": minus, "r_opt": text(best, 20), "xi2": text(f(best)),
            "local_minima_on_grid": len(minima), "grid_up_to": round(float(grid[-1]), 2)}


def taylor_step(y, n, p, order):
    """Coefficients of the series of y by the recursion of the quadratic equations."""
    C, s, g, k, h = p
    co = [[v] for v in y]
    conv = lambda a, b: mp.fdot(co[a], reversed(co[b]))
    for m in range(order):
        z1, z2, a1, a2, b1, b2, c, d = (q[m] for q in co)
        one = 1 if m == 0 else 0
        new = []
        for i, z in enumerate((z1, z2)):
            new.append(-g * (z + one * n[i] / 2) + h * (one * n[i] / 2 - z) - 2 * (a1, a2)[i] - C * z)
        for i, (z, a, b) in enumerate(((z1, a1, b1), (z2, a2, b2))):
            new.append(k * (one * n[i] / 4 - a) + C * (b - a + conv(i, i)) - z / 2 + 2 * conv(2 + i, i))
        for i, (z, a, b) in enumerate(((z1, a1, b1), (z2, a2, b2))):
            new.append(g * (one * n[i] / 2 - 2 * b + z) + h * (one * n[i] / 2 - 2 * b - z) + 2 * C * (a - b) + z)
        new.append(-k * c + conv(6, 0) + conv(6, 1) - s * conv(0, 1) - C * c - s * d)
        new.append(-2 * (g + h) * d - 2 * C * d - 2 * s * c)
        for q, v in zip(co, new):
            q.append(v / (m + 1))
    return co


def taylor(n, r, minus, z, plus, times, order, tol):
    p = parameters(r, minus, z, plus)
    n = [mpf(v) for v in n]
    y, now, rows, steps = [-n[0] / 2, -n[1] / 2, n[0] / 4, n[1] / 4, mpf(0), mpf(0), mpf(0), mpf(0)], mpf(0), [], 0
    for t in times:
        while now < t:
            co = taylor_step(y, n, p, order)
            sizes = [max(abs(q[m]) for q in co) for m in (order - 1, order)]
            step = min((tol / max(v, mpf(10)**-300))**(mpf(1) / m) for v, m in zip(sizes, (order - 1, order)))
            step = min(step, mpf(t) - now)
            y = [mp.polyval(q[::-1], step) for q in co]
            now += step
            steps += 1
        rows.append(y)
    return rows, steps


def dynamics_case(n, r, minus, z, plus, times):
    mp.dps = 50
    rows, steps = taylor(n, r, minus, z, plus, times, 40, mpf(10)**-42)
    other, _ = taylor(n, r, minus, z, plus, times, 30, mpf(10)**-44)
    full = lambda y: [*y, *squeezing(y, n)]
    spread = max(abs(a - b) / max(abs(a), mpf(10)**-10) for u, v in zip(rows, other) for a, b in zip(full(u), full(v)))
    assert spread < mpf(10)**-27, spread
    out = {"n1": n[0], "n2": n[1], "r": r, "gamma_minus": minus, "gamma_z": z, "gamma_plus": plus, "times": times,
           "spread": mp.nstr(spread, 1), "steps": steps}
    return out | {k: [text(full(y)[i]) for y in rows] for i, k in enumerate(NAMES + ["x_plus_sq", "xi2"])}


def dynamics_double(n, r, minus, z, times):
    rows = [integrate(scaled(n, r, minus, z), times, method=m, rtol=tol).y for m, tol in (("LSODA", 1e-10), ("Radau", 1e-9))]
    values = [{"s1": n * y[0], "c11xx": n * y[1], "c11zz": n * y[2], "x_plus_sq": 2 * n * y[3], "xi2": y[3] / y[0]**2} for y in rows]
    spread = max(abs(values[0][k] - values[1][k]).max() / abs(values[0][k]).max() for k in values[0])
    relative = abs(values[0]["xi2"] / values[1]["xi2"] - 1).max()
    out = {"n1": n, "n2": n, "r": r, "gamma_minus": minus, "gamma_z": z, "times": list(times), "spread": f"{max(spread, relative):.0e}"}
    return out | {k: [float(f"{v:.13e}") for v in w] for k, w in values[0].items()}


def first_minimum(n, r, z, rtol=1e-11):
    """(xi2, t) at the first time where xi2 turns from falling to rising; at the end of the integration if it never does."""
    args = scaled(n, r, 0.0, z)
    def slope(y):
        f = scaled_field(0, y, *args)
        return f[3] / y[3] - 2 * f[0] / y[0]
    solver = LSODA(lambda t, y: scaled_field(t, y, *args), 0, DOWN, 50 * (2 * n / z + 1), rtol=rtol, atol=rtol * 1e-3,
                   jac=lambda t, y: scaled_matrix(t, y, *args))
    value = lambda y: y[3] / y[0]**2
    while solver.status == "running":
        before = slope(solver.y)
        solver.step()
        if before < 0 < slope(solver.y):
            dense = solver.dense_output()
            found = minimize_scalar(lambda t: value(dense(t)), bounds=(solver.t_old, solver.t), method="bounded",
                                    options=dict(xatol=1e-6 * (solver.t - solver.t_old)))
            return found.fun, found.x
    return value(solver.y), solver.t


def optimum_dephasing(n, z):
    grid = np.linspace(math.log(0.02), math.log(math.log(2 * n) / 2 + 2), 60)
    values = [first_minimum(n, math.exp(x), z, 1e-8)[0] for x in grid]
    k = int(np.argmin(values))
    minima = sum(values[i] < min(values[i - 1], values[i + 1]) for i in range(1, len(grid) - 1))
    best = minimize_scalar(lambda x: first_minimum(n, math.exp(x), z, 1e-10)[0], bounds=(grid[max(k - 1, 0)], grid[min(k + 1, 59)]),
                           method="bounded", options=dict(xatol=1e-8))
    r = math.exp(best.x)
    xi2, t = first_minimum(n, r, z, 1e-11)
    check = integrate(scaled(n, r, 0.0, z), [t], method="Radau", rtol=1e-11)
    later = integrate(scaled(n, r, 0.0, z), np.geomspace(1.001 * t, 50 * (2 * n / z + 1), 400), rtol=1e-9)
    return {"n1": n, "n2": n, "gamma_z": z, "r_opt": float(f"{r:.8g}"), "t_opt": float(f"{t:.8g}"), "xi2": float(f"{xi2:.12g}"),
            "check": f"{abs(check.y[3][-1] / check.y[0][-1]**2 / xi2 - 1):.0e}", "later": float((later.y[3] / later.y[0]**2).min()),
            "local_minima_on_grid": int(minima), "at_edge_of_grid": k in (0, 59)}


def main():
    begin = time.time()
    out = {"program": f"mpmath {mpmath.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"}
    said = lambda what: print(what, f"{time.time() - begin:.0f} s", flush=True)
    mp.dps = 80
    rows = []
    for n in (1, 2, 5, 50, 500, 5000, 500000, 500000000):
        N = 2.0 * n
        for minus, z in ((0.3, 0.2), (0.3, 0.0), (0.0, 0.2), (N / 10, 0.0), (0.0, N / 10), (N / 1000, 0.0), (N, N), (1e-6, 0.0), (0.0, 0.0)):
            for r in (0.0, 0.3, 1.0, 2.0, 4.0, 8.0):
                rows.append(steady_case((n, n), r, minus, z, full=r == 0.3 and n in (5, 5000)))
        said(f"steady {n}")
    for n in ((1, 2), (40, 60), (10, 1000), (499999, 500001), (300000000, 700000000)):
        for minus, z, plus in ((0.3, 0.2, 0.0), (0.0, 0.2, 0.0), (n[0] / 10, 0.0, 0.0), (0.3, 0.2, 0.1), (0.1, 0.0, 0.3), (0.0, 0.0, 0.0)):
            for r in (0.3, 1.0, 4.0):
                rows.append(steady_case(n, r, minus, z, plus))
    out["steady"] = rows
    said("steady")
    out["optima_relaxation"] = [optimum_relaxation(n, 2 * n / C) for n in (5, 50, 500, 5000, 500000, 500000000)
                                for C in (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1e3, 1e4, 1e6, math.inf)]
    said("optima relaxation")
    log = lambda a, b, k: [float(f"{v:.6g}") for v in np.geomspace(a, b, k)]
    out["dynamics"] = [dynamics_case(*c) for c in (
        ((5, 5), 0.7, 0.3, 0.2, 0.0, [0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0]),
        ((5, 5), 0.7, 0.0, 0.0, 0.0, [0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0]),
        ((1, 1), 1.5, 0.01, 0.0, 0.0, [0.0, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0]),
        ((40, 60), 0.7, 0.3, 0.2, 0.0, [0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0]),
        ((10, 30), 1.0, 0.3, 0.2, 0.4, [0.0, 0.001, 0.01, 0.03, 0.1, 0.3, 1.0]),
        ((100, 100), 0.2, 0.0, 0.001, 0.0, [0.0, 0.001, 0.01, 0.03, 0.1, 0.3]),
        ((500, 500), 2.0, 1.0, 0.0, 0.0, [0.0, 1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1]),
        ((500000, 500000), 3.0, 0.0, 100.0, 0.0, [0.0, 1e-7, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4]))]
    said("dynamics")
    out["dynamics_double"] = [dynamics_double(*c) for c in (
        (100, 0.2, 0.0, 0.001, log(1e-4, 1e7, 34)), (1000, 0.2, 0.0, 0.001, log(1e-4, 1e8, 37)), (10000, 0.2, 0.0, 0.001, log(1e-5, 1e9, 43)),
        (5000, 2.0, 1.0, 0.0, log(1e-5, 1e2, 22)), (500000, 5.0, 10.0, 0.0, log(1e-8, 1e1, 28)), (500000, 2.0, 0.0, 1000.0, log(1e-8, 1e5, 40)))]
    said("dynamics double")
    out["optima_dephasing"] = []
    for n in (50, 500, 5000, 500000):
        out["optima_dephasing"] += [optimum_dephasing(n, 2 * n / C) for C in (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0, 1e3, 1e4, 1e6)]
        said(f"optima dephasing {n}")
    with open(os.path.join(HERE, "meanfield.json"), "w") as f:
        f.write("{" + ",\n".join(f'"{k}": ' + (json.dumps(v) if isinstance(v, str) else
                "[\n" + ",\n".join(json.dumps(x) for x in v) + "]") for k, v in out.items()) + "}\n")


if __name__ == "__main__":
    main()
