"""Reference optimum of the two-mode two-axis protocol (Section IV), by two methods that share nothing with the Rust code.

H = X1 X2 - Y1 Y2 = (O1^+ O2^+ + O1 O2)/2 from |0,0> on |m,m>, M = 2S, o^2(m) = m(M+1-m); amplitudes (-i)^m b_m with
db_m/dt = (o^2(m) b_{m-1} - o^2(m+1) b_{m+1})/2.  The squeezing parameter is minimised over time:

    xi2(t) = N V / (2Z)^2,  N = 2M,  Z = sum_m (m - S) b_m^2,  V = 2 <X1^2> - |C|,  C = sum_m o^2(m) b_m b_{m-1}.

1. time, xi2: Taylor series in 256-bit fixed-point integers, V and Z summed from the definition (no rearranged form), the
   zero of d ln xi2/dt by secant steps; 30 digits are written.
2. xi2_scipy: eigenvectors of H by scipy.linalg.eigh_tridiagonal, then scipy.optimize.minimize_scalar on xi2 itself;
   the last digits differ: V loses about log10(S^2) digits there.

Run (about half a minute):  python two_axis_optimum.py > two_axis_optimum.csv
Made with Python 3.11.7, mpmath 1.4.1, numpy 2.4.6 and scipy 1.17.1.
"""

import mpmath as mp
import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.optimize import minimize_scalar

BITS, TIME_BITS = 256, 120
mp.mp.dps = 60
SIZES = [2, 3, 5, 10, 20, 30, 50, 100, 400, 1000, 4000]


class FixedPoint:
    """Amplitudes as integers in units of 2^-BITS, times in units of 2^-TIME_BITS."""

    def __init__(self, size):
        self.size = size
        self.o2 = np.array([m * (size + 1 - m) for m in range(size + 2)], dtype=object)

    def rate(self, b):
        """Twice db/dt."""
        zero = np.array([0], dtype=object)
        return self.o2[:-1] * np.concatenate([zero, b[:-1]]) - self.o2[1:] * np.concatenate([b[1:], zero])

    def step(self, b, time):
        total, term, k = b, b, 0
        while any(term):
            k += 1
            term = (time * self.rate(term)) // (k << (TIME_BITS + 1))
            term = np.where(term == -1, 0, term)  # floor division never reaches zero from below
            total = total + term
        return total

    def moments(self, b):
        """2V, 4 dV/dt, 2Z, 4 dZ/dt in units of 2^(-2 BITS), from the definition."""
        rate, m = self.rate(b), np.arange(self.size + 1)
        number = self.o2[:-1] + self.o2[1:]  # o^2(m) + o^2(m+1), twice <X1^2 + Y1^2> at m
        o2 = self.o2[1:-1]
        v = sum(number * b * b) - 2 * sum(o2 * b[1:] * b[:-1])  # 2V
        dv = 2 * sum(number * b * rate) - 2 * sum(o2 * (rate[1:] * b[:-1] + b[1:] * rate[:-1]))  # 4 dV/dt
        weight = 2 * m.astype(object) - self.size
        z, dz = sum(weight * b * b), 2 * sum(weight * b * rate)  # 2Z, 4 dZ/dt
        return mp.mpf(v), mp.mpf(dv), mp.mpf(z), mp.mpf(dz)

    def slope(self, b):
        v, dv, z, dz = self.moments(b)
        return dv / v - 2 * dz / z

    def xi2(self, b):
        v, _, z, _ = self.moments(b)
        return self.size * v / (z * z) * mp.mpf(2) ** (2 * BITS)  # M V / (2 Z^2)

    def optimum(self):
        h = min((1 << (TIME_BITS + 6)) // (self.size + 1) ** 2, (1 << TIME_BITS) // (16 * self.size + 16))
        b = np.array([1 << BITS] + [0] * self.size, dtype=object)
        steps = 0
        while True:
            following = self.step(b, h)
            if self.slope(following) > 0:
                break
            b, steps = following, steps + 1
        low, high = (0, self.slope(b)), (h, self.slope(following))
        for _ in range(30):
            t = low[0] - int(low[1] * (high[0] - low[0]) / (high[1] - low[1]))
            state = self.step(b, t)
            low, high = high, (t, self.slope(state))
            if abs(low[0] - high[0]) < 1 << 10 or low[1] == high[1]:
                break
        return mp.mpf(steps * h + t) / mp.mpf(2) ** TIME_BITS, self.xi2(state)


def xi2_scipy(size, near):
    m = np.arange(size + 1)
    o2 = m * (size + 1.0 - m)
    energies, vectors = eigh_tridiagonal(np.zeros(size + 1), o2[1:] / 2)

    def xi2(t):
        a = vectors @ (np.exp(-1j * energies * t) * vectors[0])
        b = (np.array([1, 1j, -1, -1j])[m % 4] * a).real
        upper = np.append(o2[1:], 0.0)
        v = np.sum((o2 + upper) * b * b) / 2 - abs(np.sum(o2[1:] * b[1:] * b[:-1]))
        return size * v / (2 * np.sum((m - size / 2) * b * b) ** 2)

    return minimize_scalar(xi2, bounds=(0.8 * near, 1.2 * near), method="bounded", options={"xatol": 1e-9 * near}).fun


print("two_s,time,xi2,xi2_scipy")
for size in SIZES:
    time, xi2 = FixedPoint(size).optimum()
    print(f"{size},{mp.nstr(time, 30)},{mp.nstr(xi2, 30)},{float(xi2_scipy(size, float(time)))!r}", flush=True)
