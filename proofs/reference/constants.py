"""The constants of (S22), (S23), (S25): e^{2r} = N/4 = S and N -> infinity.

Numerically: <X+^2> = 1/2 sum_m o^2(m) (a_m + a_{m-1})^2 and <Z_1> = sum_m a_m^2 (m - S),
a_m = (-t)^m normalised, by direct summation (MPFR, 400 bits) at N = 4S up to about 4e6;
Richardson extrapolation in 1/N from N = 4000 * 2^k.
Analytically: with x = m/2S the weights t^{2m} become e^{-8x} on [0,1], o^2 -> 4S^2 x(1-x), so
  <X+^2> -> 8 <x(1-x)>,   N xi^2 -> 8 <x(1-x)> / (1/2 - <x>)^2,
  <x> = 1/8 - 1/(e^8-1),  <x^2> = 2/64 - (1 + 2/8)/(e^8-1).
Writes constants.json.
"""
import json, os
import gmpy2
from gmpy2 import mpfr
from mpmath import mp, mpf, exp, cosh, quad, linspace, nstr

mp.dps = 60
gmpy2.get_context().precision = 400


def direct(N):
    S = mpfr(N) / 4                              # S is half-integer when N = 2 mod 4
    M = N // 2
    one_minus_t = 2 / (S + 1)                    # t = (e^{2r}-1)/(e^{2r}+1)
    q = (1 - one_minus_t) ** 2
    p, norm, o2sum, mean = mpfr(1), mpfr(1), mpfr(0), mpfr(0)
    for m in range(1, M + 1):
        o2sum += (m * (M + 1 - m)) * p           # = S(S+1)-(m-S)(m-S-1), asserted below
        p *= q
        norm += p
        mean += m * p
    x2 = one_minus_t ** 2 * o2sum / norm / 2
    z = mean / norm - S
    return 1 / (2 * x2), N * (N * x2 / (2 * z) ** 2)


def mpf_of(x):
    return mpf("{:.80e}".format(x))


def richardson(values):
    """values at N0, 2 N0, 4 N0, ...: remove 1/N, 1/N^2, ... ; returns (last, change in the last step)."""
    rows = [list(values)]
    for k in range(1, len(values)):
        prev = rows[-1]
        rows.append([(2 ** k * b - a) / (2 ** k - 1) for a, b in zip(prev, prev[1:])])
    return rows[-1][0], abs(rows[-1][0] - rows[-2][-1])


if __name__ == "__main__":
    for n in range(1, 40):                       # 4 o^2(m) from the definition
        assert all(4 * m * (n + 1 - m) == n * (n + 2) - (2 * m - n) * (2 * m - n - 2) for m in range(n + 2))
    Ns = [4000 * 2 ** k for k in range(11)]      # 4000 ... 4096000
    table = [(N, *map(mpf_of, direct(N))) for N in Ns]
    e8 = exp(8)
    x = mpf(1) / 8 - 1 / (e8 - 1)
    xx = mpf(2) / 64 - (1 + mpf(2) / 8) / (e8 - 1)
    # the two moments once more, by quadrature
    w = [quad(lambda y: y ** k * exp(-8 * y), linspace(0, 1, 9)) for k in range(3)]
    assert abs(w[1] / w[0] - x) < mpf(10) ** -50 and abs(w[2] / w[0] - xx) < mpf(10) ** -50
    c0, c1 = 1 / (16 * (x - xx)), 8 * (x - xx) / (mpf(1) / 2 - x) ** 2
    r0, r1 = richardson([a for _, a, _ in table]), richardson([b for _, _, b in table])
    s = lambda v, n=40: nstr(v, n, strip_zeros=False)
    out = {
        "definition": "e^{2r} = N/4; C0 = lim 1/(2<X+^2>); C1 = lim N xi^2",
        "C0": {"analytic": s(c0), "closed_form": "1/(16(<x>-<x^2>)) with <x> = 1/8-1/(e^8-1), <x^2> = 1/32-(5/4)/(e^8-1)",
               "richardson": s(r0[0]), "richardson_last_change": s(r0[1], 3), "difference": s(abs(r0[0] - c0), 3),
               "printed": "0.667", "printed_minus_true": s(mpf("0.667") - c0, 6), "two_thirds_minus_true": s(mpf(2) / 3 - c0, 6)},
        "C1": {"analytic": s(c1), "closed_form": "8(<x>-<x^2>)/(1/2-<x>)^2",
               "richardson": s(r1[0]), "richardson_last_change": s(r1[1], 3), "difference": s(abs(r1[0] - c1), 3),
               "printed": "5.33", "printed_minus_true": s(mpf("5.33") - c1, 6), "sixteen_thirds_minus_true": s(mpf(16) / 3 - c1, 6)},
        "cosh_C0": {"analytic": s(cosh(c0)), "printed": "1.23", "cosh_of_printed_0.667": s(cosh(mpf("0.667")), 20)},
        "two_C1": s(2 * c1), "cosh_C0_times_C1": s(cosh(c0) * c1),
        "exact_at_finite_N": [{"N": N, "half_inverse_x_plus_sq": s(a), "N_xi2": s(b)} for N, a, b in table],
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "constants.json")
    with open(path, "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")
    print(json.dumps({k: out[k] for k in ("C0", "C1", "cosh_C0", "two_C1")}, indent=1))
