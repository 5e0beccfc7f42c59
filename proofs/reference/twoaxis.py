"""Two-mode two-axis twisting  H = X1 X2 - Y1 Y2  (J = 1) from |0,0>: the best Wineland parameter.

From the operators H = (O1+ O2+ + O1 O2)/2, so the state stays in span |m,m>, where H is tridiagonal
with off-diagonal elements o^2(m)/2, o^2(m) = m(2S+1-m).  With a_m = (-i)^m b_m, b is real and
  db_m/dt = (o^2(m) b_{m-1} - o^2(m+1) b_{m+1})/2.
`dense_check` verifies all of this, and the direction below, on the full (2S+1)^2 space for 2S <= 6:
the four variances min over angle of <(cos X+ + sin Y+)^2> and <(cos X- + sin Y-)^2> are compared.
  V = <[(X+ - Y+)/sqrt2]^2> = <[(X- + Y-)/sqrt2]^2> = 1/2 sum_m o^2(m) (b_m - b_{m-1})^2,   Z = <Z1> = sum_m b_m^2 (m-S),
  xi^2(t) = N V/(2Z)^2,  N = 4S.
t_opt is the first zero of d xi^2/dt (from minus to plus), found from the analytic derivative.
Method A: Chebyshev expansion of exp(tK) in long double, Bessel functions by backward recurrence.
Method B: 2S <= 1000 full eigen-decomposition of the tridiagonal matrix; above it a Taylor series in
steps, in long double.  mpmath at 40 digits for 2S = 10 and 30 (Taylor series of exp(tK)).
Limit N -> infinity: on the scale of 2S the motion is the transport dx/dtau = x(1-x) of the
two-mode squeezed amplitudes; with y = x/(1-x) exponentially distributed with mean mu,
  N xi^2 -> (mu/4 + 1/(8 mu)) / (e^{1/mu} E1(1/mu)/mu - 1/2)^2, minimised over mu.
Writes twoaxis.csv, twoaxis.json.  Option --fast stops at 2S = 1000; the whole run takes about a minute.
"""
import csv, json, os, sys
import mpmath
import numpy as np
from scipy.linalg import eigh_tridiagonal, expm
from scipy.optimize import brentq

LD = np.longdouble
HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 50, 100, 200, 400, 1000, 2000, 4000, 10000]


def couplings(n, dtype=LD):
    m = np.arange(1, n + 1).astype(dtype)
    return m * (n + 1 - m)                                   # o^2(1..n)


def apply(o2, b):                                            # db/dt = K b
    out = np.zeros_like(b)
    out[1:] = o2 * b[:-1]
    out[:-1] -= o2 * b[1:]
    return out / 2


def moments(o2, b):
    """xi^2, d xi^2/dt and the pieces, from b and db/dt."""
    n, db = len(b) - 1, apply(o2, b)
    z_of_m = np.arange(n + 1).astype(b.dtype) - b.dtype.type(n) / 2
    d, dd = np.diff(b), np.diff(db)
    v, dv = (o2 * d * d).sum() / 2, (o2 * d * dd).sum()
    z, dz = (b * b * z_of_m).sum(), 2 * (b * db * z_of_m).sum()
    N = 2 * n
    return N * v / (4 * z * z), N * (dv / z ** 2 - 2 * v * dz / z ** 3) / 4, v, z


def bessel(x, count):
    """J_0(x) .. J_{count-1}(x) in long double, Miller's backward recurrence."""
    top = count + 60 + int(6 * count ** 0.5)
    j = np.zeros(top + 2, dtype=LD)
    j[top] = LD("1e-4000")
    for k in range(top, 0, -1):
        j[k - 1] = 2 * k / LD(x) * j[k] - j[k + 1]
        if abs(j[k - 1]) > LD("1e2000"):
            j /= LD("1e2000")
    j /= j[0] + 2 * j[2::2].sum()
    assert np.isfinite(j).all()
    return j[:count]


def chebyshev(o2, b0, t):
    """exp(tK) b0 = sum_k c_k J_k(tR) phi_k, phi_{k+1} = (2/R) K phi_k + phi_{k-1}; |K| <= R."""
    if t == 0:
        return b0.copy()
    R = LD(o2.max()) * LD("1.0001")                          # Gershgorin: (o^2(m)+o^2(m+1))/2 < max
    x = float(LD(t) * R)
    count = int(x + 12 * max(x, 1) ** (1 / 3) * 3 + 40)
    j = bessel(LD(t) * R, count)
    p0, p1 = b0, apply(o2, b0) / R
    total = j[0] * p0 + 2 * j[1] * p1
    for k in range(2, count):
        p0, p1 = p1, 2 / R * apply(o2, p1) + p0
        total += 2 * j[k] * p1
    return total


def taylor(o2, b0, t):
    """exp(tK) b0 by a Taylor series in steps h with h|K| about 4."""
    steps = int(np.ceil(float(t) * float(o2.max()) / 4))
    h, b = LD(t) / steps, b0
    for _ in range(steps):
        term, k, out = b, 0, b.copy()
        while True:
            k += 1
            term = apply(o2, term) * (h / k)
            out += term
            if np.abs(term).max() < 1e-23:
                break
        b = out
    return b


class Eigen:
    """exp(tK) e_0 = i^m (V e^{-iEt} V^T e_0)_m with H = V E V^T tridiagonal, float64."""
    def __init__(self, n):
        self.o2 = couplings(n, np.float64)
        self.e, self.v = eigh_tridiagonal(np.zeros(n + 1), self.o2 / 2)
        self.w, self.phase = self.v[0], 1j ** (np.arange(n + 1) % 4)

    def state(self, t):
        a = self.v @ (self.w * np.exp(-1j * self.e * t))
        return (self.phase * a).real


def start(n, dtype=LD):
    b = np.zeros(n + 1, dtype=dtype)
    b[0] = 1
    return b


def first_minimum(n):
    """(t_opt, xi^2, b) by method A: step until d xi^2/dt > 0, then the zero of the derivative."""
    o2, b, t = couplings(n), start(n), 0.0
    if n == 1:
        return np.pi / 2, LD(1) / 2, None                    # xi^2 = 1/(1+sin t): limit at <Z> = 0
    guess = np.log(8.0 * n) / n                              # rough scale of t_opt
    step = guess / 12
    while True:
        nxt = chebyshev(o2, b, step)
        if moments(o2, nxt)[1] > 0:
            break
        b, t = nxt, t + step
    slope = lambda h: float(moments(o2, chebyshev(o2, b, h))[1])
    h = brentq(slope, 0.0, step, xtol=1e-17, rtol=1e-14)
    final = chebyshev(o2, b, h)
    return t + h, moments(o2, final)[0], final


def mp_value(n, t):
    """N xi^2 at t by a Taylor series at 40 digits (independent of numpy)."""
    mpmath.mp.dps = 60
    o2 = [mpmath.mpf(m * (n + 1 - m)) for m in range(n + 2)]
    term = [mpmath.mpf(1)] + [mpmath.mpf(0)] * n
    b, k = term[:], 0
    while max(map(abs, term)) > mpmath.mpf(10) ** -55 or k < 10:
        k += 1
        term = [((o2[m] * term[m - 1] if m else 0) - (o2[m + 1] * term[m + 1] if m < n else 0)) * t / (2 * k)
                for m in range(n + 1)]
        b = [x + y for x, y in zip(b, term)]
    v = sum(o2[m] * (b[m] - b[m - 1]) ** 2 for m in range(1, n + 1)) / 2
    z = sum(b[m] ** 2 * (m - mpmath.mpf(n) / 2) for m in range(n + 1))
    return (2 * n) ** 2 * v / (4 * z * z)


def mp_minimum(n, t0):
    """t_opt and N xi^2 at 40 digits: golden bracket replaced by Newton on the quadratic through 3 points."""
    t, h = mpmath.mpf(t0), mpmath.mpf(10) ** -12
    for _ in range(3):
        f = [mp_value(n, t + s * h) for s in (-1, 0, 1)]
        t -= h * (f[2] - f[0]) / (2 * (f[2] - 2 * f[1] + f[0]))
        h /= 10
    return t, mp_value(n, t)


def dense_check():
    """Full space: confinement to |m,m>, V, Z and the best direction among all X+,Y+ and X-,Y- angles."""
    found, angles = [], set()
    for n in range(1, 7):
        o = np.diag(np.sqrt(couplings(n, np.float64)), 1)
        x, y, one = (o.T + o) / 2, -0.5j * (o.T - o), np.eye(n + 1)
        z = (o.T @ o - o @ o.T) / 2
        H = np.kron(x, x) - np.kron(y, y)
        W = [np.kron(p, one) + s * np.kron(one, p) for p in (x, y) for s in (1, -1)]
        for t in (0.05, 0.2, 0.5 / n, 1.1 / n, 1.0):
            psi = expm(-1j * t * H)[:, 0]
            b = chebyshev(couplings(n), start(n), t)
            diag = psi[::n + 2]
            found += [abs(np.linalg.norm(diag) - 1), np.abs(diag - (-1j) ** np.arange(n + 1) * b.astype(float)).max()]
            _, _, v, z1 = moments(couplings(n), b)
            cov = np.array([[(psi.conj() @ (p @ (q @ psi))).real for q in W] for p in W])
            small = np.linalg.eigvalsh(cov)
            s2 = lambda p, q, sign: (cov[p, p] + cov[q, q] + 2 * sign * cov[p, q]) / 2
            directions = {"(X+ + Y+)/sqrt2": s2(0, 2, 1), "(X+ - Y+)/sqrt2": s2(0, 2, -1),
                          "(X- + Y-)/sqrt2": s2(1, 3, 1), "(X- - Y-)/sqrt2": s2(1, 3, -1)}
            hit = tuple(k for k, val in directions.items() if abs(val - small[0]) < 1e-11)
            angles.add(hit)
            zz = (psi.conj() @ (np.kron(z, one) @ psi)).real
            found += [abs(zz - float(z1)), abs(float(v) - small[0])]
    worst = float(np.max(found))
    assert worst < 1e-13, worst
    return worst, angles


def directions_at(n, t):
    """The four diagonal variances, for J = +1 and J = -1, from dense matrices."""
    out = {}
    for J in (1, -1):
        o = np.diag(np.sqrt(couplings(n, np.float64)), 1)
        x, y, one = (o.T + o) / 2, -0.5j * (o.T - o), np.eye(n + 1)
        psi = expm(-1j * t * J * (np.kron(x, x) - np.kron(y, y)))[:, 0]
        for k in (1, -1):
            for s in (1, -1):
                w = (np.kron(x, one) + k * np.kron(one, x) + s * (np.kron(y, one) + k * np.kron(one, y))) / 2 ** 0.5
                name = f"J={J:+d}: ((X{'+' if k > 0 else '-'}) {'+' if s > 0 else '-'} (Y{'+' if k > 0 else '-'}))/sqrt2"
                out[name] = f"{(psi.conj() @ w @ w @ psi).real:.12f}"
    return out


def scan(n, factor):
    """Smallest xi^2 in (0, factor * t_first] on a grid, refined: is the first minimum the global one?"""
    eig = Eigen(n)
    t1 = first_minimum(n)[0]
    points = int(factor * 400)
    ts = np.linspace(0, factor * t1, points + 1)[1:]
    values = np.array([moments(eig.o2, eig.state(t))[0] for t in ts])
    values[~np.isfinite(values)] = np.inf
    k = int(values.argmin())
    fine = np.linspace(ts[max(k - 1, 0)], ts[min(k + 1, points - 1)], 401)
    vals = [moments(eig.o2, eig.state(t))[0] for t in fine]
    j = int(np.argmin(vals))
    return factor * t1, fine[j], 2 * n * vals[j]


def limit():
    mpmath.mp.dps = 50
    f = lambda mu: (mu / 4 + 1 / (8 * mu)) / (mpmath.exp(1 / mu) * mpmath.e1(1 / mu) / mu - mpmath.mpf(1) / 2) ** 2
    mu = mpmath.findroot(lambda u: mpmath.diff(f, u), mpmath.mpf("0.25"))
    return mu, f(mu)


if __name__ == "__main__":
    top = 1000 if "--fast" in sys.argv else 10000
    worst, angles = dense_check()
    print("dense check: worst difference", worst, "directions", angles)
    mu, lim = limit()
    print("limit", mpmath.nstr(lim, 30), "at mu", mpmath.nstr(mu, 20))
    rows, amplitudes = [], None
    for n in (s for s in SIZES if s <= top):
        t, xi2, b = first_minimum(n)
        o2 = couplings(n)
        if n == 1:
            other, how = 0.5, "closed form xi^2 = 1/(1+sin t)"
        elif n <= 1000:
            other, how = moments(couplings(n, np.float64), Eigen(n).state(t))[0], "eigen-decomposition, float64"
        else:
            other, how = moments(o2, taylor(o2, start(n), t))[0], "Taylor steps, long double"
        difference = abs(xi2 - LD(other)) / xi2
        rows.append({"two_s": n, "N": 2 * n, "t_opt": f"{t:.14f}", "N_xi2_opt": np.format_float_positional(LD(2 * n) * xi2, 14, unique=False),
                     "second_method": how, "relative_difference": f"{difference:.1e}"})
        print(*rows[-1].values(), flush=True)
        if n == 30:
            amplitudes = b
    with open(os.path.join(HERE, "twoaxis.csv"), "w", newline="") as f:
        w = csv.DictWriter(f, rows[0].keys(), lineterminator="\n")
        w.writeheader()
        w.writerows(rows)
    N = np.array([r["N"] for r in rows], float)
    y = np.array([float(r["N_xi2_opt"]) for r in rows])
    fits = {}
    for lo, hi in ((20, 200), (100, 1000), (1000, 8000)):
        sizes = sorted({int(round(s)) for s in np.geomspace(lo / 2, hi / 2, 9 if hi <= 1000 else 5)})
        if sizes[-1] > top:
            continue
        pts = [(2 * n, float(first_minimum(n)[1])) for n in sizes]
        slope, icpt = np.polyfit(np.log([p[0] for p in pts]), np.log([p[1] for p in pts]), 1)
        mean = float(np.exp(np.mean([np.log(p[0] * p[1]) for p in pts])))
        fits[f"N in [{lo},{hi}]"] = {"N": [p[0] for p in pts], "exponent": f"{slope:.6f}", "prefactor": f"{np.exp(icpt):.6f}",
                                     "prefactor_with_exponent_fixed_to_minus_1": f"{mean:.6f}"}
        print(lo, hi, fits[f"N in [{lo},{hi}]"], flush=True)
    big = N >= 800
    tail = {}
    if big.sum() >= 4:
        L = float(lim)
        for name, basis in (("c0 + c1/N + c2/N^2", [1 / N, 1 / N ** 2]), ("c0 + c1 log(N)/N + c2/N", [np.log(N) / N, 1 / N])):
            A = np.array([np.ones_like(N), *basis]).T[big]
            c, *_ = np.linalg.lstsq(A, y[big], rcond=None)
            tail[name] = {"c": [f"{v:.10g}" for v in c], "largest_residual": f"{np.abs(A @ c - y[big]).max():.1e}",
                          "c0_minus_limit": f"{c[0] - L:.1e}"}
            print(name, tail[name])
    crossings = {}
    for percent in (5, 2, 1, 0):                             # smallest N with N xi^2 >= 5.1 (1 - p), 5.1 and 5.1 (1 + p)
        for sign in ((-1, 1) if percent else (0,)):
            level = 5.1 * (1 + sign * percent / 100)
            if level > float(lim):
                continue
            lo, hi = 2, top
            while hi - lo > 1:
                mid = (lo + hi) // 2
                lo, hi = (lo, mid) if 2 * mid * float(first_minimum(mid)[1]) >= level else (mid, hi)
            crossings[f"smallest N with N xi2 >= {level:.4g} (5.1 {sign * percent:+d}%)"] = 2 * hi
    print(crossings)
    scans = []
    for n, factor in [(k, 60) for k in (2, 3, 4, 5, 6, 7, 8, 9, 10)] + [(20, 40), (30, 40), (50, 30), (100, 20), (200, 10), (400, 5)]:
        window, tg, vg = scan(n, factor)
        first = next(float(r["N_xi2_opt"]) for r in rows if r["two_s"] == n)
        scans.append({"two_s": n, "window": f"(0, {window:.4f}]", "in_units_of_first": factor, "t_global": f"{tg:.8f}",
                      "N_xi2_global": f"{vg:.8f}", "first_is_global": bool(vg > first - 1e-6)})
        print(scans[-1], flush=True)
    high = {}
    for n in (10, 30):
        t0 = float(next(r["t_opt"] for r in rows if r["two_s"] == n))
        tm, vm = mp_minimum(n, t0)
        high[str(n)] = {"t_opt": mpmath.nstr(tm, 25), "N_xi2_opt": mpmath.nstr(vm, 35)}
        print(n, high[str(n)])
    out = {"definition": "H = X1X2 - Y1Y2, |0,0>, xi^2 = N V/(2<Z1>)^2 at its first minimum",
           "dense_check": {"largest_difference": f"{worst:.1e}", "best_direction_found": sorted({k for a in angles for k in a})},
           "variances_2s_2_t_0.2": directions_at(2, 0.2),
           "limit": {"N_xi2": mpmath.nstr(lim, 40), "mu": mpmath.nstr(mu, 30)},
           "table": rows, "fits": fits, "tail": tail, "range_of_5.1": crossings, "window_scan": scans, "mpmath": high,
           "amplitudes_2s_30": [np.format_float_positional(v, 17) for v in amplitudes]}
    with open(os.path.join(HERE, "twoaxis.json"), "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")
