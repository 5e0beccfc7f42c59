"""Independent checks of the exact claims as they stand in our copy of the paper; writes ../exact_claims.json. Usage: exact_claims.py [1 2 3 4]"""
import sys, time
import core, part1, part2, part3, part4
PARTS = {"1": [part1.run], "2": [part2.run], "3": [part3.run_v, part3.run_vi], "4": [part4.run]}
if __name__ == "__main__":
    for p in sys.argv[1:] or "1234":
        for f in PARTS[p]:
            t0 = time.time(); f(); print(p, f.__name__, round(time.time() - t0, 1), "s")
    r = core.RES
    print(len(r), "claims:", sum(v["as_printed"] is True for v in r.values()), "true,", sum(v["as_printed"] is False for v in r.values()), "false,", sum(v["as_printed"] == "definition" for v in r.values()), "definition")
    print("correction failed:", [k for k, v in r.items() if v["values"].get("corrected_holds") is False])
