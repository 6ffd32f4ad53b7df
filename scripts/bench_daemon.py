"""What the running daemon costs at a 1 s scan, beside libmodbus alone: on the sports centre, and on a village of 500 households.

Run by scripts/bench. The twin lives in real time, the machines heat, one client watches.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

from plant import BIN, ROOT, Failed, Plant

# By the plant: its block, and the most memory and CPU that the daemon may take.
PLANTS = {
    "sports-centre": ("main", 30.0, 2.0),
    "village-2000": ("village", 60.0, 5.0),
}


def cpu_seconds(process):
    """User and system time, from the kernel's ticks."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process, key):
    with open(f"/proc/{process}/status", encoding="ascii") as file:
        return int(re.search(rf"^{key}:\s+(\d+) kB", file.read(), re.MULTILINE)[1]) / 1024


def machines(plant):
    """Units and wells that run."""
    return plant.running() + [w for w in plant.status()["wells"] if w["phase"] == "running"]


def measure(plant, seconds, resident_limit, cpu_limit):
    daemon = plant.daemon.pid
    requests = sum(d["requests"] for d in plant.ctl("devices"))
    scans, used, begun = plant.status()["scans"], cpu_seconds(daemon), time.monotonic()
    time.sleep(seconds)
    span = time.monotonic() - begun
    used = cpu_seconds(daemon) - used
    status = plant.status()
    requests = sum(d["requests"] for d in plant.ctl("devices")) - requests
    scans = status["scans"] - scans
    resident, peak = (resident_megabytes(daemon, key) for key in ("VmRSS", "VmHWM"))
    bare = subprocess.run(
        [f"{BIN}/wellspring-bench", "poll", "--plant", plant.configuration],
        capture_output=True, text=True, check=False)
    if bare.returncode:
        raise Failed("libmodbus alone: " + bare.stdout + bare.stderr)
    bare, own = float(bare.stdout), 1e6 * used / requests
    running = len(machines(plant))
    cpu = 100 * used / span
    print(f"daemon: {scans} scans in {span:.0f} s, {status['missed_scans']} missed, "
          f"{requests / span:.0f} requests a second, {running} units and wells running")
    print(f"resident memory {resident:.1f} MB, at most {peak:.1f} MB (limit {resident_limit:.0f})")
    print(f"CPU {cpu:.2f} % of one core (limit {cpu_limit:.0f})")
    print(f"CPU a request, all of the daemon's work in it: {own:.0f} µs; libmodbus alone in the same "
          f"run: {bare:.0f} µs; ratio {own / bare:.1f}")
    faults = []
    if peak > resident_limit:
        faults.append("the daemon is too large")
    if cpu > cpu_limit:
        faults.append("the daemon takes too much CPU")
    if scans < 0.95 * span:
        faults.append("scans are missing")
    if running == 0:
        faults.append("no machine ran")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--plant", choices=PLANTS, help="this one alone")
    options = parser.parse_args()
    names = [options.plant] if options.plant else list(PLANTS)
    return max(run(name, options.seconds) for name in names)


def run(name, seconds):
    block, resident_limit, cpu_limit = PLANTS[name]
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder:
        plant = None
        try:
            plant = Plant(
                os.path.join(ROOT, "config", name + ".yaml"), folder, "2026-01-15T00:00:00Z")
            plant.ctl("mode", block, "winter")
            print(f"{name}: waiting for a machine to run; in real time that takes minutes", flush=True)
            plant.wait("a machine to run", lambda: machines(plant), 600, 1)
            watcher = subprocess.Popen(
                [f"{BIN}/wellspringctl", "--socket", plant.socket, "watch"],
                stdout=subprocess.DEVNULL)
            faults = measure(plant, seconds, resident_limit, cpu_limit)
            watcher.terminate()
        except Failed as failure:
            faults = [str(failure)]
        finally:
            if plant:
                plant.kill()
    for fault in faults:
        print("FAILED: " + fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
