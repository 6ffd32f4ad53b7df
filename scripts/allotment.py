"""A village's electricity shared by `wellspringctl allot`, beside the same sums by fractions in Python.

Run by scripts/allotment. The second sums know the table `meter_days` and the stated rules, and nothing of
the program's code.
"""

import argparse
import csv
import datetime
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

from plant import BIN, ROOT, Failed

EPOCH = datetime.date(1970, 1, 1)
FIRST = datetime.date(2026, 1, 1)


def steps(readings, first, last):
    """A counter's figure by day, from its (day, most, reading) rows."""
    known, before = {}, None
    for day, most, reading in readings:
        if before is not None:
            days = day - before[0]
            step = reading - before[1]
            if step < 0 and 2 * reading < before[1]:
                step = reading
            if 0 <= step <= most * (days + 1):
                if day >= first:
                    known["whole"] = known.get("whole", 0) + step
                for place in range(days):
                    each = step // days + (1 if place < step % days else 0)
                    if first <= before[0] + 1 + place <= last:
                        known[before[0] + 1 + place] = each
        before = (day, reading)
    return known


def share(path, first, last):
    """Every consumer's (measured, estimated, share), by the heat or water that each took, and the whole."""
    table = sqlite3.connect(path)
    rows = table.execute(
        "SELECT kind, name, day, area_square_meters, most_a_day, reading FROM meter_days"
        " WHERE day BETWEEN ? AND ? ORDER BY kind, name, day", (first - 400, last)).fetchall()
    table.close()
    kind_of_use = "water" if any(row[0] == "water" for row in rows) else "heat"
    counters, areas = {}, {}
    for kind, name, day, area, most, reading in rows:
        if reading is not None:
            counters.setdefault((kind, name), []).append((day, most, reading))
        if kind == kind_of_use and day >= first:
            areas.setdefault(name, {})[day] = area
    known = {key: steps(readings, first, last) for key, readings in counters.items()}
    wholes = {key: days.pop("whole", 0) for key, days in known.items()}
    whole = sum(figure for (kind, _), figure in wholes.items() if kind == "electricity")
    found = {}
    for name in sorted(areas):
        own = known.get((kind_of_use, name), {})
        guess = 0.0
        for day, area in areas[name].items():
            if day not in own:
                others = [(known[(kind_of_use, n)][day], areas[n][day]) for n in sorted(areas)
                          if day in known.get((kind_of_use, n), {}) and day in areas[n]]
                if others:
                    guess += area * (sum(h for h, _ in others) / sum(a for _, a in others))
        found[name] = [sum(own.values()), int(guess + 0.5), 0]
    total = sum(measured + estimated for measured, estimated, _ in found.values())
    due = {name: Fraction(whole * (m + e), total) for name, (m, e, _) in found.items()}
    for name, part in due.items():
        found[name][2] = part.numerator // part.denominator
    left = whole - sum(line[2] for line in found.values())
    for name in sorted(due, key=lambda name: (-(due[name] % 1), name))[:left]:
        found[name][2] += 1
    return found, whole


def disturb(path, first, last):
    """Meters silent for a while and to the end, one begun anew, one that jumps, and a silent electricity meter."""
    table = sqlite3.connect(path)
    length = last - first + 1
    silent, gone, anew, jumping = (
        name for (name,) in table.execute(
            "SELECT DISTINCT name FROM meter_days WHERE kind != 'electricity' ORDER BY name LIMIT 4"))
    (electricity,) = table.execute(
        "SELECT name FROM meter_days WHERE kind = 'electricity' LIMIT 1").fetchone()

    def change(what, name, begin, end):
        table.execute(f"UPDATE meter_days SET reading = {what} WHERE name = ? AND day BETWEEN ? AND ?",
                      (name, first + begin, first + end))

    change("NULL", silent, length // 4, length // 2)
    change("NULL", gone, length // 2, length)
    (reading,) = table.execute(
        "SELECT reading FROM meter_days WHERE name = ? AND day = ?",
        (anew, first + length // 2 - 1)).fetchone()
    change(f"reading - {reading}", anew, length // 2, length)
    change("reading + 700000000", jumping, length // 2, length)
    change("NULL", electricity, length // 3, length // 3 + 1)
    table.commit()
    table.close()


class Daemon:
    """The daemon on a state folder, without a plant."""

    def __init__(self, configuration, folder):
        self.socket = os.path.join(folder, "control.sock")
        with open(os.path.join(folder, "daemon.log"), "wb") as log:
            self.process = subprocess.Popen(
                [f"{BIN}/wellspringd", "--config", configuration, "--state",
                 os.path.join(folder, "state"), "--socket", self.socket], stdout=log, stderr=log)
        for _ in range(300):
            if self.ctl("status", check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise Failed("the daemon does not answer")

    def ctl(self, *words, check=True):
        answer = subprocess.run([f"{BIN}/wellspringctl", "--socket", self.socket, *words],
                                capture_output=True, text=True, check=False)
        if check and answer.returncode:
            raise Failed(answer.stderr)
        return answer

    def stop(self):
        self.process.kill()
        self.process.wait()


def compare(configuration, folder, first, last):
    """Faults of one statement against the same sums from the table; prints its figures."""
    daemon = Daemon(configuration, folder)
    try:
        span = [str(EPOCH + datetime.timedelta(days=day)) for day in (first, last)]
        words = ["allot", "--from", span[0], "--to", span[1]]
        begun = time.monotonic()
        table = daemon.ctl(*words, "--csv").stdout
        took = time.monotonic() - begun
        again = daemon.ctl(*words, "--csv").stdout
        text, text_again = daemon.ctl(*words).stdout, daemon.ctl(*words).stdout
    finally:
        daemon.stop()
    rows = list(csv.DictReader(io.StringIO(table)))
    expected, whole = share(os.path.join(folder, "state", "state.sqlite"), first, last)
    total = sum(int(row["share_watt_hours"]) for row in rows)
    estimated = sum(1 for row in rows if int(row["days_estimated"]))
    marked = [row for row in rows if row["notes"]]
    print(f"{span[0]} to {span[1]}: {len(rows)} consumers, {whole} Wh shared, shares add up to {total} Wh; "
          f"{estimated} with estimated days, {len(marked)} marked; {took:.1f} s")
    for row in marked:
        print(f"  {row['consumer']}: {row['notes']}, {row['days_estimated']} days estimated")
    faults = []
    if total != whole or any(int(row["total_watt_hours"]) != whole for row in rows):
        faults.append(f"the shares add up to {total} Wh, not to {whole}")
    if (table, text) != (again, text_again):
        faults.append("the same question got other bytes the second time")
    if sorted(expected) != [row["consumer"] for row in rows]:
        faults.append("other consumers than in the table")
    for row in rows:
        own = [int(row[key]) for key in ("measured", "estimated", "share_watt_hours")]
        if own != expected.get(row["consumer"]):
            faults.append(f"{row['consumer']}: {own}, by fractions {expected.get(row['consumer'])}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--plant", default=os.path.join(ROOT, "config", "village-1000.yaml"))
    options = parser.parse_args()
    first = (FIRST - EPOCH).days
    with tempfile.TemporaryDirectory() as folder:
        state = os.path.join(folder, "state")
        lived = subprocess.run(
            [f"{BIN}/wellspring-sim", "history", "--config", options.plant, "--state", state,
             "--days", str(options.days)], check=False)
        if lived.returncode:
            return 1
        last = first + options.days - 1
        faults = compare(options.plant, folder, first, last)
        disturb(os.path.join(state, "state.sqlite"), first, last)
        faults += compare(options.plant, folder, first, last)
    for fault in faults:
        print(f"FAILED: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
