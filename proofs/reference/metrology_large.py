"""Reference moments of the GTMSS of two spins, summed term by term from the definition.

State |psi> = norm * sum_{m=0}^{M} (-tanh r)^m |m,m>, M = 2S, with O|m> = o(m)|m-1>, o(m)^2 = m(M+1-m),
X = (O^+ + O)/2, Y = -i(O^+ - O)/2, Z|m> = (m-S)|m>.  With p_m = a_m^2 the definition gives, sum by sum,

    z         = sum_m p_m (m - S)
    x_pm_sq   = sum_m p_m (o(m)^2 + o(m+1)^2)/2  +-  sum_m a_m a_{m-1} o(m)^2
    n_q       = 2 sum_m tanh^{2m-2}(r) o(m)^2 / (cosh^4(r) (1 - tanh^{2M+2} r)),   Eq. (4) with sinh^2 = tanh^2 cosh^2
    xi2       = 4S x_plus_sq / (2 z)^2

No closed form is used.  r is the double nearest to the printed decimal.  The cancellation in x_plus_sq at r = 20 costs 35
digits, so the sums carry 120 digits; 50 are written.  Terms past tanh^{2m}(r) < 10^-150 are dropped: they cannot reach the
120 digits carried.

Run (about two minutes and a half):  python metrology_large.py > metrology_large.csv
Made with Python 3.11.7 and mpmath 1.4.1.
"""

import mpmath as mp

mp.mp.dps = 120
SPINS = [1, 20, 2000, 2000000]  # 2S
SQUEEZINGS = ["-1", "0", "1e-6", "0.1", "1", "5", "10", "20"]


def moments(two_s, r):
    """z, n_q, <X+^2>, <X-^2>, xi^2 at the double r."""
    t = mp.tanh(mp.mpf(r))
    q = t * t
    norm = first = quadratic = pair = shifted = mp.mpf(0)
    weight = mp.mpf(1)  # tanh^{2m}
    for m in range(two_s + 1):
        below, above = m * (two_s + 1 - m), (m + 1) * (two_s - m)
        norm += weight
        first += weight * (2 * m - two_s)
        quadratic += weight * (below + above)
        pair -= t * weight * above  # a_{m+1} a_m o(m+1)^2
        shifted += weight * above  # tanh^{2(m+1)-2} o(m+1)^2
        weight *= q
        if weight < mp.mpf(10) ** -150:
            break
    z = first / 2 / norm
    x_plus, x_minus = (quadratic / 2 + pair) / norm, (quadratic / 2 - pair) / norm
    n_q = 2 * shifted / (mp.cosh(mp.mpf(r)) ** 4 * (1 - q ** (two_s + 1)))
    return z, n_q, x_plus, x_minus, 2 * two_s * x_plus / (2 * z) ** 2


print("two_s,r,z,n_q,x_plus_sq,x_minus_sq,xi2")
for two_s in SPINS:
    for r in SQUEEZINGS:
        values = moments(two_s, float(r))
        print(f"{two_s},{r}," + ",".join(mp.nstr(v, 50) for v in values))
