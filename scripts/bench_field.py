"""What the field makes of faults, slow lines, dead devices and many points. Run by scripts/bench field.

Every figure stands beside a baseline of the same run: other clients, the formula of the line, libmodbus alone.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

from plant import BIN, ROOT, free_ports

BENCH = os.path.join(BIN, "wellspring-bench")


def measured(*arguments):
    """The figures that one measurement prints last."""
    done = subprocess.run([BENCH, *arguments], stdout=subprocess.PIPE, encoding="utf-8", check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"bench: {' '.join(arguments)}: {done.stdout}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def faults(options):
    """Wrong values under a fault server, and the other clients' under the same."""
    command = [sys.executable, os.path.join(ROOT, "tools", "faults", "compare.py"),
               "--own", f"{BENCH} faults", "--exchanges", str(options.exchanges)]
    print("== faults: every delivered value against what was true ==", flush=True)
    return [] if subprocess.run(command, check=False).returncode == 0 else [
        "a wrong value was delivered, or the goal of exchanges was not reached"]


def line(folder, options):
    print("== a serial line at 9600 baud, two drives, a meter, a heat pump, remote I/O ==", flush=True)
    figures = measured("field-line", "--plant", "tools/field/line.yaml", "--bus", "line", "--path",
                       os.path.join(folder, "line"), "--seconds", str(options.seconds))
    print(f"{figures['requests']} requests in {figures['seconds']:.0f} s: {100 * figures['share']:.1f} % of what "
          f"the formula allows; {figures['early']} too early to be heard")
    told = []
    if figures["share"] < 0.97:
        told.append("the line is used below 97 % of what the formula allows")
    if figures["early"]:
        told.append("the line was spoken to before it was silent")
    return told


def crowd(folder, options):
    print("== 30 of 32 units on one line at 19,200 baud dead ==", flush=True)
    figures = measured("field-crowd", "--path", os.path.join(folder, "crowd"), "--seconds", str(options.seconds))
    share = figures["among_dead"] / figures["alone"]
    print(f"the two living are asked {figures['among_dead']:.1f} times a second, alone on a healthy line "
          f"{figures['alone']:.1f} times: {100 * share:.0f} %")
    return [] if share >= 0.9 else ["the dead cost the living more than a tenth of their rate"]


def network(options):
    print("== 10,000 points over TCP ==", flush=True)
    port = str(free_ports(1)[0])
    server = subprocess.Popen([BENCH, "field-server", "--port", port], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    server.stdout.readline()
    try:
        cost = measured("field-cost", "--port", port)
        load = measured("field-load", "--port", port, "--seconds", str(options.seconds))
        growth = measured("field-growth", "--port", port)
    finally:
        server.communicate("")
    bare, own, several = (cost[name] for name in ("bare", "own", "several"))
    ratio = own["cpu"] / bare["cpu"]
    print(f"CPU a request of 100 registers: {own['cpu']:.1f} µs with 100 points judged, libmodbus alone in the "
          f"same run {bare['cpu']:.1f} µs; ratio {ratio:.2f}")
    print(f"with {cost['in_flight']} requests on their way {several['cpu']:.1f} µs, ratio "
          f"{several['cpu'] / bare['cpu']:.2f}; on the clock {bare['passed'] / several['passed']:.2f} times as many "
          f"requests a second as libmodbus ({bare['passed']:.1f} µs a request)")
    print(f"10,000 points a second: {100 * load['core']:.2f} % of one core, {load['megabytes']:.1f} MB resident")
    print(f"after an hour's rounds {growth['blocks']} heap blocks more are held")
    told = []
    if ratio > 1.25:
        told.append(f"a request costs {ratio:.2f} of libmodbus alone, at most 1.25 were wanted")
    if several["cpu"] >= bare["cpu"] or several["passed"] >= bare["passed"]:
        told.append("several requests at once are no faster than libmodbus")
    if load["core"] > 0.01 or load["megabytes"] > 40:
        told.append("10,000 points a second take more than 1 % of a core or 40 MB")
    if growth["blocks"] > 500:
        told.append("memory grows")
    return told


def gpio():
    """Measured where there are GPIO chips of a real kernel: in the rig, whose kernel is built once."""
    print("== GPIO of a real kernel: from an edge to the output that it decides; pulses ==", flush=True)
    done = subprocess.run([os.path.join(ROOT, "Tests", "Rig", "gpio"), "--figures"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", check=False, cwd=ROOT)
    rows = [line for line in done.stdout.splitlines() if line.startswith(("ok ", "FAILED "))]
    print("\n".join(row.split(None, 1)[1] for row in rows), flush=True)
    if done.returncode == 0 and rows:
        return []
    return ["GPIO: " + "\n".join(done.stdout.splitlines()[-5:])]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--exchanges", type=int, default=500_000, help="faulty ones over TCP; a tenth on lines")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--only", choices=["faults", "line", "crowd", "network", "gpio"])
    options = parser.parse_args()
    options.seconds = int(options.seconds)
    told = []
    with tempfile.TemporaryDirectory(prefix="wellspring-field-") as folder:
        for name, run in [("line", lambda: line(folder, options)), ("crowd", lambda: crowd(folder, options)),
                          ("network", lambda: network(options)), ("gpio", gpio), ("faults", lambda: faults(options))]:
            if options.only in (None, name):
                told += run()
    for text in told:
        print("FAILED: " + text)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
