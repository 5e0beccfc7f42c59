"""The sweep of Fig. 3(a) with SciPy: steady states of the mean-field equations, equal halves, relaxation only.

50 values of r (0.14, 0.28, ..., 7), 10 cooperativities C_rel = N/gamma_- (10^-1 ... 10^5, evenly in the logarithm), N atoms in
total, gamma = 1.  Equations (S60)-(S67) with the sign of (S60) repaired, n = N/2, in variables that do not cancel:
z = S^z, a = C^xx, b = C^zz, v = C^xx + C12^xx = <X+^2>/2, w = C^zz - C12^zz, all divided by n.  Result: xi^2 = 2 N v/(2 z)^2.

Cold start from all atoms down, integrated to 1000/gamma_- (near e^{2r} = n the slowest rate is 0.05 gamma_-):
  lsoda     odeint for each point, with Jacobian          bdf        solve_ivp BDF for each point, with Jacobian
  lsoda-all odeint for all points at once, banded Jacobian
Warm start from the neighbouring r, and a cold start (lsoda) first where that ends at a root that is no state:
  fsolve    MINPACK hybrj for each point, with Jacobian   newton     all points of one r at once, numpy.linalg.solve
Prints seconds and a checksum (sum of 1/xi^2 over the sweep).  --survey measures the largest relative error of xi^2 against a
closed form in 50 digits for a ladder of tolerances; the defaults are the loosest from which on it is below 1e-8.
"""
import argparse, math, time
import numpy as np
import scipy
from scipy.integrate import odeint, solve_ivp
from scipy.optimize import fsolve

RADII = np.round(np.arange(1, 51) * 0.14, 2)
COOPERATIVITIES = 10.0**np.linspace(-1, 5, 10)
BEST = {"lsoda": 1e-8, "bdf": 1e-7, "lsoda-all": 1e-6, "fsolve": 1e-7, "newton": 1e-4}


def constants(r, g):
    return math.cosh(2 * r), math.sinh(2 * r), math.exp(-2 * r), g


def field(y, n, C, s, q, g):
    z, a, b, v, w = y
    return [-g * (z + 0.5) - 2 * a - C * z,
            g * (0.25 - a) + C * (b - a + n * z * z) - z / 2 + 2 * n * a * z,
            g * (0.5 - 2 * b + z) + 2 * C * (a - b) + z,
            g * (0.25 - v) - C * v + 2 * n * z * v - z / 2 + q * (b + n * z * z) + s * w,
            g * (0.5 + z) - 2 * (g + C) * w + z + 2 * s * v + 2 * q * a]


def jacobian(y, n, C, s, q, g):
    z, a, b, v, w = y
    return [[-g - C, -2, 0, 0, 0],
            [2 * n * C * z - 0.5 + 2 * n * a, -g - C + 2 * n * z, C, 0, 0],
            [g + 1, 2 * C, -2 * (g + C), 0, 0],
            [2 * n * v - 0.5 + 2 * n * q * z, 0, q, -g - C + 2 * n * z, s],
            [g + 1, 2 * q, 0, 2 * s, -2 * (g + C)]]


def down(size=()):
    return np.multiply.outer([-0.5, 0.25, 0.0, 0.25, 0.0], np.ones(size))


def xi2(y):
    return y[3] / y[0]**2


def relaxed(p, tol):
    """The state at 1000/gamma_-."""
    return odeint(lambda y, t: field(y, *p), down(), [0, 1000 / p[-1]], Dfun=lambda y, t: jacobian(y, *p),
                  rtol=tol, atol=tol * 1e-3, mxstep=10**6)[-1]


def lsoda(n, tol):
    return [xi2(relaxed((n, *constants(r, g)), tol)) for g in 2 * n / COOPERATIVITIES for r in RADII]


def bdf(n, tol):
    out = []
    for g in 2 * n / COOPERATIVITIES:
        for r in RADII:
            p = (n, *constants(r, g))
            y = solve_ivp(lambda t, y: field(y, *p), (0, 1000 / g), down(), method="BDF", jac=lambda t, y: jacobian(y, *p),
                          rtol=tol, atol=tol * 1e-3, t_eval=[1000 / g]).y[:, -1]
            out.append(xi2(y))
    return out


def lsoda_all(n, tol):
    """Time in units of 1/gamma_- of each point, so that all arrive together."""
    g = np.repeat(2 * n / COOPERATIVITIES, len(RADII))
    r = np.tile(RADII, len(COOPERATIVITIES))
    C, s, q = np.cosh(2 * r), np.sinh(2 * r), np.exp(-2 * r)
    m = len(g)

    def flow(y, t):
        return (np.array(field(y.reshape(m, 5).T, n, C, s, q, g)) / g).T.ravel()

    def banded(y, t):
        J = jacobian(y.reshape(m, 5).T, n, C, s, q, g)
        out = np.zeros((9, 5 * m))                            # element (i, j) in row i - j + 4, column j
        for i in range(5):
            for j in range(5):
                out[i - j + 4, j::5] = J[i][j] / g
        return out

    y = odeint(flow, down((m,)).T.ravel(), [0, 1000], Dfun=banded, ml=4, mu=4, rtol=tol, atol=tol * 1e-3, mxstep=10**6)[-1]
    return xi2(y.reshape(m, 5).T)


def is_state(y):
    z, a, b, v, w = y
    return (-0.5 <= z) & (z <= 0) & (a >= 0) & (b >= 0) & (v >= 0) & (w >= 0)


def root(y, p, tol):
    """Each unknown in units of its own starting value, without which the error stays at 1e-4.

    The flag of fsolve is not used: it also complains when rounding is all that is left."""
    return fsolve(field, y, args=p, fprime=jacobian, xtol=tol, diag=1 / np.maximum(abs(y), 1e-12), full_output=True)[0]


def warm(n, tol):
    out = []
    for g in 2 * n / COOPERATIVITIES:
        y = relaxed((n, *constants(RADII[0], g)), 1e-6)
        for r in RADII:
            p = (n, *constants(r, g))
            y = root(y, p, tol)
            if not is_state(y):
                y = root(relaxed(p, 1e-6), p, tol)
            out.append(xi2(y))
    return out


def newton_steps(y, n, C, s, q, g, tol):
    for _ in range(60):
        J = np.empty((len(g), 5, 5))
        for i, row in enumerate(jacobian(y, n, C, s, q, g)):
            for j, v in enumerate(row):
                J[:, i, j] = v
        step = np.linalg.solve(J, -np.array(field(y, n, C, s, q, g)).T[:, :, None])[:, :, 0].T
        y = y + step
        if (abs(step) <= tol * abs(y)).all():
            break
    return y


def newton(n, tol):
    g = 2 * n / COOPERATIVITIES
    y, out = down((len(g),)), []
    for r in RADII:
        p = constants(r, 0)[:3]
        y = newton_steps(y, n, *p, g, tol)
        bad = ~is_state(y)
        if bad.any():
            y[:, bad] = np.array([relaxed((n, *p, h), 1e-6) for h in g[bad]]).T
            y[:, bad] = newton_steps(y[:, bad], n, *p, g[bad], tol)
        out.append(xi2(y))
    return np.array(out).T.ravel()


METHODS = {"lsoda": lsoda, "bdf": bdf, "lsoda-all": lsoda_all, "fsolve": warm, "newton": newton}


def exact(n):
    """The only root with -n/2 <= z <= 0 of the quadratic for z, then v, in 50 digits; checked in the equations above."""
    from mpmath import cosh, exp, mp, mpf, sinh, sqrt
    mp.dps = 50
    out = []
    for g in 2 * n / COOPERATIVITIES:
        for r in RADII:
            g, r2 = mpf(float(g)), 2 * mpf(float(r))
            C, s, q = cosh(r2), sinh(r2), exp(-r2)
            A, D = -4 * g * (C + g), n * (g + 1) * (2 * C * g + g * g)
            B = 2 * g * (2 * C**2 + 3 * C * g + g**2 - n * (C + g) + C - 1)
            z = (-B + sqrt(B * B - 4 * A * D)) / (2 * A)
            a = -(C * z + g * (z + n / mpf(2))) / 2
            b = (g * (n / mpf(2) + z) + 2 * C * a + z) / (2 * (g + C))
            v = ((g * n / 4 - z / 2 + q * z**2 + (C - 1) * g * (n / mpf(2) + z) / (2 * (C + g)))
                 / (g - 2 * z + (1 + C * g) / (C + g)))
            w = (g * (n / mpf(2) + z) + z + 2 * s * v + 2 * q * a) / (2 * (g + C))
            y = [x / n for x in (z, a, b, v, w)]
            assert -n / 2 <= z <= 0 and max(map(abs, field(y, n, C, s, q, g))) < mpf(10)**-30
            out.append(float(xi2(y)))
    return np.array(out)


def timed(method, n, tol):
    begin, cpu = time.perf_counter(), time.process_time()
    out = np.array(METHODS[method](n, tol))
    return time.perf_counter() - begin, time.process_time() - cpu, out


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--atoms", type=int, nargs="*", default=[10**4, 10**6])
    p.add_argument("--method", choices=METHODS, nargs="*", default=list(METHODS))
    p.add_argument("--tol", type=float)
    p.add_argument("--survey", action="store_true")
    a = p.parse_args()
    for N in a.atoms:
        truth = exact(N // 2) if a.survey else None
        for method in a.method:
            for tol in [10.0**-k for k in range(4, 11)] if a.survey else [a.tol or BEST[method]]:
                seconds, cpu, out = timed(method, N // 2, tol)
                error = f", error {max(abs(out / truth - 1)):.1e}" if a.survey else ""
                print(f"SciPy {scipy.__version__} {method:9} {tol:.0e}: N = {N}, checksum {sum(1 / out):.9f}, smallest {min(out):.9e}"
                      f"{error}, cpu {cpu:.3f} s, {seconds:.3f} s", flush=True)
