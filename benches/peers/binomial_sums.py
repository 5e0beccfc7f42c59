"""Exact sums over binomials, every n = 2S from 0 to --max (1600), in Python + gmpy2.

Checked from the printed forms with S = n/2, denominators cleared (4 o^2(m) is an integer):
  (S36) first    sum_m C(n,m)^2 = C(2n,n)
  (S36) second   sum_{m=1}^{n} [C(n,m)+C(n,m-1)]^2 o^2(m) = 2S(2S+1) C(2n,n)
  (S37) each m   C(n,m) 2S(2S+1) = [C(n,m+1)+C(n,m)] o^2(m+1) + [C(n,m-1)+C(n,m)] o^2(m)
  (6) = (7)      8/(1+n) sum_m o^2(m) = 4/3 n (n+2)
where o^2(m) = S(S+1)-(m-S)(m-S-1), hence o^2(m+1) = S(S+1)-(m-S)(m-S+1).
The row C(n,m)+C(n,m-1), m = 0..n+1, is computed once and is the next Pascal row; C(2n,n) comes
from gmpy2.bincoef.  Exit status 1 if a check fails; --break adds 1 to C(n, n//3) of the middle n.
"""
import argparse, sys, time
from operator import add, mul
import gmpy2
from gmpy2 import bincoef, mpz


def run(top, broken):
    checks, failures = 0, []
    product = [d * (d - 2) for d in range(-top, top + 3)]           # d = 2m - n
    row = [mpz(1)]
    for n in range(top + 1):
        if n == broken:
            row = row.copy()
            row[n // 3] += 1
        base = n * (n + 2)
        o2 = [base - d for d in product[top - n:top + n + 3:2]]     # 4 o^2(m), m = 0..n+1
        pair = [row[0], *map(add, row, row[1:]), row[-1]]           # C(n,m)+C(n,m-1), m = 0..n+1
        weighted = list(map(mul, pair, o2))
        central = bincoef(2 * n, n)
        size = n * (n + 1)                                          # 2S(2S+1)
        if sum(map(mul, row, row)) != central:
            failures.append(f"(S36) first identity fails at 2S={n}")
        if sum(map(mul, pair[1:-1], weighted[1:-1])) != 4 * size * central:
            failures.append(f"(S36) second identity fails at 2S={n}")
        four = mpz(4 * size)
        left = [four * c for c in row]
        if left != list(map(add, weighted, weighted[1:])):
            bad = next(m for m in range(n + 1) if left[m] != weighted[m] + weighted[m + 1])
            failures.append(f"(S37) fails at 2S={n}, m={bad}")
        if 3 * 8 * sum(o2[:-1]) != 4 * 4 * n * (n + 2) * (n + 1):
            failures.append(f"(6) differs from (7) at 2S={n}")
        checks += n + 4
        row = pair
    return checks, failures


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--max", type=int, default=1600, help="largest 2S")
    p.add_argument("--break", dest="broken", action="store_true", help="perturb one coefficient")
    a = p.parse_args()
    start = time.perf_counter()
    checks, failures = run(a.max, a.max // 2 if a.broken else -1)
    seconds = time.perf_counter() - start
    print(f"gmpy2 {gmpy2.version()} ({gmpy2.mp_version()}): 2S = 0..{a.max}, {checks} checks, "
          f"{len(failures)} failures, {seconds:.2f} s")
    for line in failures[:5]:
        print(line, file=sys.stderr)
    sys.exit(1 if failures or checks == 0 else 0)
