"""The sports centre from winter to summer and back, on the real daemon and real Modbus.

Run by scripts/demo. Everything is done with wellspringctl and wellspring-sim tell, as people would.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time

from plant import BIN, ROOT, Failed, Plant
from rtu import on_serial_lines

CONFIG = os.path.join(ROOT, "config", "sports-centre.yaml")
# Two in the morning there, so that the whole story is one local day of the energy figures.
START = "2026-04-09T18:00:00Z"

# Coefficients by the definitions, at the designers' rated conditions.
RATED = {"EER_sys": 517 / 121.1, "COP_sys": 648.2 / 182.8, "COP_sys(h+c)": 1136.1 / 182.8}
# Vessels turned: the main evaporators and condensers and recovery's evaporator, there and back.
TURNS = 6


def say(text):
    print(text, flush=True)


def split(phases):
    """How long a change-over took, by what it waited for."""
    water = phases.get("waiting-for-water", 0)
    valves = phases.get("closing-old", 0) + phases.get("opening-new", 0)
    units = phases.get("stopping-units", 0) + phases.get("stopping-flow", 0)
    return (f"{(water + valves + units) / 60:.0f} min: water temperature {water / 60:.0f} min, "
            f"valves {valves / 60:.1f} min, units {units / 60:.0f} min")


class Story:
    """What happens to the plant, and what was measured on the way."""

    def __init__(self, plant, tell):
        self.plant = plant
        self.tell = tell
        self.change_overs = []
        self.coefficients = {}
        self.day = None

    def run(self):
        self.winter()
        self.to_summer()
        self.summer()
        self.to_winter()

    def winter(self):
        plant = self.plant
        self.tell("winter: main units heat the building, the recovery unit makes hot water from "
                  "the ground")
        plant.tell("hold", "outdoor=-5")
        plant.ctl("mode", "main", "winter")
        plant.ctl("mode", "recovery", "automatic")
        plant.wait("the first main unit", lambda: plant.running("main"), plant.hours(3))
        plant.run(2)
        plant.wait("a main unit to go on heating", lambda: plant.running("main"), plant.hours(1))
        refused = plant.ctl("mode", "recovery", "cooling-circuit", expect=1)
        self.tell("  recovery on the cooling circuit is refused in winter: "
                  + refused["data"]["reason"]["rule"])
        self.tell("rated: hot water from the ground alone")
        plant.ctl("mode", "main", "off")
        plant.wait("the main units to stop", lambda: not plant.running("main"), plant.hours(2))
        self.rated("COP_sys", ["ground=12", "hot=45", "tanks=41", "outdoor=16"],
                   lambda: min(plant.loads("recovery"), default=0) > 0.98, 4)

    def to_summer(self):
        self.tell("winter → summer, on a cool day: building water must come below 24 °C by itself")
        self.plant.tell("hold", "outdoor=8")
        self.plant.ctl("mode", "main", "winter")
        phases = self.change_over("main", "summer", 14)
        self.change_overs.append(f"winter → summer in {split(phases)}")

    def summer(self):
        plant = self.plant
        self.tell("rated: cooling alone")
        plant.ctl("mode", "recovery", "off")
        self.rated("EER_sys", ["ground=30", "building=12", "tanks=48", "outdoor=30"],
                   lambda: len(plant.running("main")) == 6
                   and min(plant.loads("main"), default=0) > 0.97, 8)
        self.tell("summer with full heat recovery, by its own rules")
        warm = ["ground=25", "building=12", "hot=45", "tanks=41", "outdoor=30"]
        plant.ctl("mode", "recovery", "automatic")
        plant.tell("hold", *warm)
        plant.wait("recovery on the cooling circuit",
                   lambda: plant.block("recovery")["position"] == "cooling", plant.hours(6), 0.3)
        plant.wait("the recovery unit to run", lambda: plant.running("recovery"), plant.hours(3))
        self.tell("rated: heat and cold at once, recovery alone, the main units tripped")
        plant.ctl("mode", "recovery", "cooling-circuit")
        plant.tell("hold", "ground=25", "building=8.5", "hot=45", "tanks=41", "outdoor=30")
        plant.wait("the main units to leave the cold to recovery",
                   lambda: not plant.running("main") and plant.running("recovery"),
                   plant.hours(5), 0.3)
        # A test bench's water of 12 °C never gets colder, so the main units would come to help.
        main = [u["name"] for u in plant.status()["units"] if u["name"].startswith("main")]
        for unit in main:
            plant.tell("fault", "unit-trips", unit)
        self.rated("COP_sys(h+c)", warm,
                   lambda: min(plant.loads("recovery"), default=0) > 0.98
                   and not plant.running("main"), 6)
        for unit in main:
            plant.tell("clear", "unit-trips", unit)
        self.tell("a summer's day as it comes")
        plant.ctl("mode", "recovery", "automatic")
        plant.tell("hold", "outdoor=32")
        plant.run(4)
        self.day = plant.ctl("energy")["today"]

    def to_winter(self):
        plant = self.plant
        self.tell("summer → winter: recovery lets go of the building first")
        plant.tell("hold", "outdoor=14")
        phases = self.change_over("main", "winter", 16)
        self.change_overs.append(f"summer → winter in {split(phases)}")
        if plant.block("recovery")["position"] != "ground":
            raise Failed("recovery is not on the ground in winter")
        self.tell("winter again: the building is heated, hot water comes from the ground")
        plant.tell("hold", "outdoor=-5", "tanks=41")
        plant.wait("a main unit to heat and recovery to make hot water",
                   lambda: plant.running("main") and plant.running("recovery"),
                   plant.hours(4), 0.3)
        plant.run(0.5)

    def change_over(self, block, mode, hours):
        """Chooses a mode and follows the change-over; the plant seconds of each of its phases."""
        plant = self.plant
        plant.ctl("mode", block, mode)
        phases, last = {}, None
        end = time.monotonic() + plant.hours(hours)
        while time.monotonic() < end:
            status = plant.status()
            found = next(b for b in status["blocks"] if b["name"] == block)
            phase, since = found["phase"], found["since_milliseconds"]
            if last and (phase, since) != last:
                phases[last[0]] = phases.get(last[0], 0) + (since - last[1]) / 1000
                self.tell(f"  {status['time']}  {block}: {phase}")
            if last and phase == "held":
                if found["position"] is None:
                    raise Failed(f"{block} holds no row")
                return phases
            if phase in ("stuck", "going-back"):
                raise Failed(f"{block} is {phase}: {found['reason']}")
            if phase != "held":
                last = (phase, since)
            time.sleep(0.04)
        raise Failed(f"{block} did not reach {mode} in {hours} plant hours: {found['phase']}, "
                     f"{found['reason']}")

    def rated(self, name, conditions, ready, hours):
        """Holds rated conditions until the plant runs steadily; keeps the metered coefficient."""
        plant = self.plant
        plant.tell("hold", *conditions)
        plant.wait(f"the plant to run at rated conditions for {name}", ready, plant.hours(hours),
                   0.3)
        value = self.steady_coefficient(name)
        self.tell(f"  {name}: {value:.2f} at rated conditions")
        self.coefficients[name] = value

    def steady_coefficient(self, name):
        """The metered coefficient once two windows of ten minutes in a row agree to 0.3 %.

        Load and pumps are brought to a steady point one step after the other; how long that takes
        hangs on the machine that plays the plant.
        """
        before = None
        for _ in range(12):
            self.plant.run(0.25)
            value = self.plant.ctl("energy")["last_ten_minutes"]["coefficient"]
            if value and before and abs(value / before - 1) < 0.003:
                return value
            before = value
        raise Failed(f"{name} was not steady within 3 plant hours; last {value}")


def told(story, truth):
    """Prints how the change-overs went; what of it was not as claimed."""
    for line in story.change_overs:
        say(line)
    say(f"mixed {truth['mixed_litres']:.1f} L (carried over {truth['carried_litres']:.0f} L, "
        f"through seats {truth['seeped_litres']:.1f} L)")
    say(f"dead-headed {truth['dead_head_minutes']:.0f} min, "
        f"unit without flow {truth['dry_unit_minutes']:.0f} min")
    faults = []
    if truth["mixed_litres"] > 0:
        faults.append("ground and building water were mixed")
    if truth["dead_head_minutes"] > 0:
        faults.append("a pump ran against a closed path")
    if truth["dry_unit_minutes"] > 0:
        faults.append("a unit was enabled without flow")
    return faults


def judge(story, truth, code):
    """Prints what was claimed and what is so; 1 when a claim does not hold."""
    faults = told(story, truth)
    for name, definition in RATED.items():
        value = story.coefficients[name]
        off = 100 * (value / definition - 1)
        say(f"{name} {value:.2f}, by definition {definition:.2f} ({off:+.1f} %)")
        if abs(off) > 2:
            faults.append(f"{name} is {off:+.1f} % off its definition")
    for name, operation in [("EER_sys", "cooling-only"), ("COP_sys", "heating-only"),
                            ("COP_sys(h+c)", "simultaneous")]:
        value = story.day[operation]["coefficient"]
        say(f"  the day's own {name}: " + ("none" if value is None else f"{value:.2f}"))
        if value is None:
            faults.append(f"the day has no {name} of its own")
    if not truth["is_finite"] or truth["change_overs"] < TURNS or truth["unit_hours"] < 20:
        faults.append(f"the plant hardly ran: {truth}")
    if code != 0:
        faults.append(f"the daemon ended with {code} instead of stopping in order")
    for fault in faults:
        say("FAILED: " + fault)
    return 1 if faults else 0


def batch(plant):
    story = Story(plant, say)
    story.run()
    truth = plant.tell("status")
    return judge(story, truth, plant.end())


class SerialStory(Story):
    """One change-over in real time, over serial lines whose every character takes its time."""

    def run(self):
        plant = self.plant
        self.tell("a mild day in winter, no unit runs, the building's water is near the limit of the change-over")
        plant.tell("hold", "outdoor=18", "building=24.5")
        plant.ctl("mode", "recovery", "off")
        plant.ctl("mode", "main", "winter")
        plant.run(1 / 60)
        self.tell("winter → summer, in real time")
        plant.tell("hold", "outdoor=8", "building=23.5")
        self.change_overs.append(
            f"winter → summer in {split(self.change_over('main', 'summer', 0.5))}")
        self.tell("summer: the first unit makes cold, once the demand has stood for ten minutes")
        plant.tell("hold", "building=20", "outdoor=32")
        plant.wait("the first main unit", lambda: plant.running("main"), 900)
        plant.run(1 / 60)


def judge_serial(story, truth, devices):
    """The claims of the change-over, and what went over the lines; 1 when one does not hold."""
    faults = told(story, truth)
    lines = truth["serial_lines"]
    say(f"{len(lines)} lines, {sum(line['requests'] for line in lines)} requests, "
        f"{sum(line['early'] for line in lines)} too early to be heard")
    lost = sum(device["failures"] for device in devices)
    say(f"{lost} of {sum(device['requests'] for device in devices)} requests brought nothing")
    if any(line["early"] for line in lines):
        faults.append("a line was spoken to before it was silent")
    if lost:
        faults.append("requests were lost on a sound line")
    if not truth["is_finite"] or truth["change_overs"] < 2 or truth["unit_hours"] <= 0:
        faults.append(f"the plant hardly ran: {truth}")
    for fault in faults:
        say("FAILED: " + fault)
    return 1 if faults else 0


def serial_batch(folder):
    begun = time.monotonic()
    configuration, lines = on_serial_lines(CONFIG, folder)
    for line in lines:
        say(line.replace(folder + "/", ""))
    plant = Plant(configuration, folder, START, scan=0.5, has_ports=False)
    try:
        story = SerialStory(plant, say)
        story.run()
        truth, devices = plant.tell("status"), plant.ctl("devices")
        # An ordered stop lets units run their least time first: in real time that is not waited for.
        plant.kill()
        code = judge_serial(story, truth, devices)
        say(f"in {(time.monotonic() - begun) / 60:.0f} min of real time")
        return code
    except Failed:
        for line in plant.log_tail(25):
            say("  " + line)
        plant.kill()
        raise


def live(plant):
    """The same story behind the screen of `wellspringctl watch`, then the year as it comes."""
    def tell_story(log):
        try:
            Story(plant, lambda text: print(text, file=log, flush=True)).run()
            plant.tell("hold")
        except (Failed, subprocess.SubprocessError) as failure:
            print(f"the story ends: {failure}", file=log, flush=True)

    with open(os.path.join(plant.folder, "story.log"), "w", encoding="utf-8") as log:
        threading.Thread(target=tell_story, args=[log], daemon=True).start()
        try:
            subprocess.run([f"{BIN}/wellspringctl", "--socket", plant.socket, "watch"],
                           check=False)
        except KeyboardInterrupt:
            pass
    say("\nstopping the plant in order …")
    plant.end()
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["live", "batch", "rtu"])
    parser.add_argument("--time-scale", type=float, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellspring-demo-") as folder:
        plant = None
        try:
            if options.mode == "rtu":
                return serial_batch(folder)
            plant = Plant(CONFIG, folder, START, scale=options.time_scale, scan=2)
            return live(plant) if options.mode == "live" else batch(plant)
        except Failed as failure:
            say(f"FAILED: {failure}")
            if plant:
                plant.end()
                for line in plant.log_tail(25):
                    say("  " + line)
            return 1


if __name__ == "__main__":
    sys.exit(main())
