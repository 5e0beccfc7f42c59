"""Two subsystems with basis |m1,m2>, 0 <= m1,m2 <= M, as explicit sparse vectors {(m1,m2): c}.

The number type is the caller's: Fraction, sympy expression, mpf.  A lowering operator is
given by two lists indexed 0..M+1,
    O  e_m     = down[m] e_{m-1}
    O+ e_{m-1} = up[m]   e_m          down[0] = up[0] = down[M+1] = up[M+1] = 0
and by norms[m] = <e_m|e_m>.  Orthonormal basis: down = up = o, norms = 1.  The basis
e_m = |m>/(o(1)...o(m)), the product restarting after a zero of o, needs o^2 only.
Every operator of the paper is built from O and O+ by the definitions; no closed form is used.
"""
from fractions import Fraction


class Pair:
    def __init__(self, down, up, norms):
        self.M, self.down, self.up, self.norms = len(norms) - 1, down, up, norms

    def lower(self, v, i):                       # O_i v, i = 0 or 1
        out = {}
        for m, c in v.items():
            if m[i] > 0 and self.down[m[i]] != 0:
                k = (m[0] - 1, m[1]) if i == 0 else (m[0], m[1] - 1)
                out[k] = out.get(k, 0) + self.down[m[i]] * c
        return out

    def raise_(self, v, i):                      # O_i^dagger v
        out = {}
        for m, c in v.items():
            if m[i] < self.M and self.up[m[i] + 1] != 0:
                k = (m[0] + 1, m[1]) if i == 0 else (m[0], m[1] + 1)
                out[k] = out.get(k, 0) + self.up[m[i] + 1] * c
        return out

    def twice_x(self, v, i):                     # 2 X_i = O+ + O
        return add(self.raise_(v, i), self.lower(v, i))

    def twice_iy(self, v, i):                    # 2 i Y_i = O+ - O
        return add(self.raise_(v, i), self.lower(v, i), -1)

    def twice_z(self, v, i):                     # 2 Z_i = O+ O - O O+
        return add(self.raise_(self.lower(v, i), i), self.lower(self.raise_(v, i), i), -1)

    def inner(self, u, v, conj=lambda c: c):
        return sum((conj(u[k]) * v[k] * self.norms[k[0]] * self.norms[k[1]] for k in u if k in v), 0 * self.norms[0])


def add(u, v, factor=1):
    out = dict(u)
    for k, c in v.items():
        out[k] = out.get(k, 0) + factor * c
    return out


def rational_pair(o2):
    """o2 = [o^2(1), ..., o^2(M)] as Fractions -> Pair in the square-root-free basis."""
    down, up, norms = [Fraction(0)], [Fraction(0)], [Fraction(1)]
    for q in o2:
        down.append(Fraction(1 if q else 0))
        up.append(Fraction(q))
        norms.append(norms[-1] / q if q else Fraction(1))
    return Pair(down + [Fraction(0)], up + [Fraction(0)], norms)


def spin_o2(twice_s):
    """o^2(m) = S(S+1) - (m-S)(m-S-1), m = 1..2S."""
    s = Fraction(twice_s, 2)
    return [s * (s + 1) - (m - s) * (m - s - 1) for m in range(1, twice_s + 1)]


def gtmss_vector(pair, t):
    """Sum_m (-t)^m |m,m>, unnormalised, in the basis of `rational_pair` (|m> = e_m / sqrt(norms))."""
    return {(m, m): (-t) ** m / pair.norms[m] for m in range(pair.M + 1)}
