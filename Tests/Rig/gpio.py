"""Inside the guest: installs the service, drives the lines from outside, and says of each claim whether it holds."""
import fcntl
import glob
import os
import re
import struct
import subprocess
import sys
import time

SCAN = 0.2
failed = []


def run(*words, check=True):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if check and done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{journal()[-3000:]}")
    return done.stdout


def say(claim, holds, detail=""):
    print(("ok      " if holds else "FAILED  ") + claim + (f": {detail}" if detail else ""))
    if not holds:
        failed.append(claim)


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def folder(chip, line):
    return os.path.realpath(f"/run/chips/{chip}") + f"/sim_gpio{line}"


def drive(chip, line, up):
    with open(folder(chip, line) + "/pull", "w") as file:
        file.write("pull-up" if up else "pull-down")


def level(chip, line):
    with open(folder(chip, line) + "/value") as file:
        return int(file.read())


def device(chip):
    return "/dev/" + os.path.basename(os.path.realpath(f"/run/chips/{chip}"))


class Held:
    """A line that this process holds, by the kernel's own interface and no library; its edges carry the kernel's stamps."""

    def __init__(self, chip, line, edges=False):
        flags = 1 << 2 | (1 << 4 | 1 << 5 if edges else 0)
        request = bytearray(592)
        struct.pack_into("I", request, 0, line)
        request[256:261] = b"check"
        struct.pack_into("Q", request, 288, flags)
        struct.pack_into("I", request, 560, 1)
        descriptor = os.open(device(chip), os.O_RDWR)
        fcntl.ioctl(descriptor, 0xC250B407, request)
        os.close(descriptor)
        self.descriptor = struct.unpack_from("i", request, 588)[0]

    def edge(self):
        return struct.unpack_from("Q", os.read(self.descriptor, 48))[0] / 1e9

    def release(self):
        os.close(self.descriptor)


def journal():
    return run("journalctl", "-q", "-o", "cat", "-u", "wellspringd")


def point(name):
    text = run("wellspringctl", "points", name, check=False)
    found = re.search(re.escape(name) + r"\s+(\S+)", text)
    return found.group(1) if found else text


def is_set(name, state):
    return point(name) == state


def percentile(values, part):
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def install():
    run("cp", "-a", "install/.", "/")
    run("chown", "-R", "0:0", "/usr/bin", "/usr/lib/systemd/system", "/etc")
    run("ldconfig")
    run("systemd-sysusers")
    run("systemd-tmpfiles", "--create", "wellspring.conf", check=False)
    run("udevadm", "control", "--reload")
    run("udevadm", "trigger", "--subsystem-match=gpio")
    run("udevadm", "settle")
    for path in ["plant.yaml", "household-5.6.yaml", "household"]:
        run("cp", "-r", path, "/etc/wellspring/")
    run("systemctl", "daemon-reload")
    subprocess.Popen(
        ["wellspring-sim", "--config", "/etc/wellspring/household-5.6.yaml", "--control", "/run/sim.sock"],
        stdout=open("/run/sim.log", "w"), stderr=subprocess.STDOUT)
    until(lambda: os.path.exists("/run/sim.sock"))


def permission():
    dropin = "/run/systemd/system/wellspringd.service.d"
    os.makedirs(dropin)
    with open(dropin + "/group.conf", "w") as file:
        file.write("[Service]\nSupplementaryGroups=\nSupplementaryGroups=dialout\n")
    run("systemctl", "daemon-reload")
    run("systemctl", "start", "wellspringd")
    said = until(lambda: "no permission for the GPIO chip 'inputs'" in journal())
    say("without the group gpio: told, with what to do", said and "usermod -aG gpio wellspring" in journal())
    run("systemctl", "stop", "wellspringd")
    run("rm", "-r", dropin)
    run("systemctl", "daemon-reload")


def start():
    drive("inputs", 1, True)
    other = Held("inputs", 4)
    run("systemctl", "start", "wellspringd")
    taken = until(lambda: "line 4 ('shared.contact') is held by another process" in journal())
    say("a line that another process holds is told", taken)
    say("everything else goes on meanwhile", is_set("contacts.tank-level", "1") and level("outputs", 0) == 1)
    other.release()
    back = until(lambda: "shared: its lines are held again" in journal())
    say("it is taken once it is free", back)
    info = run("gpioinfo", "outputs")
    say("outputs are held by name", info.count('"wellspringd"') == 2)


def edges():
    drive("inputs", 4, True)
    up = until(lambda: is_set("shared.contact", "1"), 3)
    drive("inputs", 4, False)
    say("edges reach the points", up and until(lambda: is_set("shared.contact", "0"), 3))


def decisions(count):
    """From the kernel's stamp of an edge to the level of the output that it decides."""
    probe = Held("inputs", 7, edges=True)
    path = folder("outputs", 0) + "/value"
    took = []
    value = os.open(path, os.O_RDONLY)
    for number in range(count):
        up = number % 2 == 1
        # At every part of a scan alike.
        time.sleep(SCAN * ((number * 0.618) % 1))
        drive("inputs", 1, up)
        drive("inputs", 7, not up)
        stamp = probe.edge()
        end = time.monotonic() + 5
        while time.monotonic() < end and os.pread(value, 1, 0) != (b"1" if up else b"0"):
            time.sleep(0.0005)
        took.append(time.monotonic() - stamp)
    os.close(value)
    probe.release()
    shown = [f"{percentile(took, part) * 1000:.1f}" for part in (0.5, 0.99)] + [f"{max(took) * 1000:.1f}"]
    say(
        "an edge decides an output within a scan and 20 ms at the 99th percentile",
        percentile(took, 0.99) <= SCAN + 0.02,
        f"scan {SCAN * 1000:.0f} ms, {count} edges, median {shown[0]}, p99 {shown[1]}, longest {shown[2]} ms")


def pulses(count):
    before = float(point("contacts.water"))
    last = time.monotonic()
    for _ in range(count):
        for up in (True, False):
            drive("inputs", 2, up)
            # Never sooner than 2.5 ms after the last edge was made.
            last = max(last + 0.0025, time.monotonic())
            while time.monotonic() < last:
                time.sleep(max(last - time.monotonic(), 0) / 2)
    until(lambda: abs(float(point("contacts.water")) - before - count / 1000) < 1e-6, 5)
    got = round((float(point("contacts.water")) - before) * 1000)
    say("no pulse is lost at 200 Hz", got == count, f"{got} of {count}")
    say("and none was said to be lost", "pulses of" not in journal())


def alarms():
    return run("wellspringctl", "alarms", check=False)


def emergency_stop():
    run("wellspringctl", "mode", "household", "winter")
    running = until(lambda: is_set("loop-pump.run-command", "1"), 60)
    say("the loop pump runs", running)
    drive("inputs", 0, True)
    stopped = until(lambda: is_set("loop-pump.run-command", "0"), 3)
    say("the emergency stop stops it", stopped and "emergency-stop" in alarms(), point("loop-pump.run-command"))
    drive("inputs", 0, False)
    time.sleep(1)
    run("wellspringctl", "ack")
    run("wellspringctl", "reset", "emergency-stop", "Rig")
    say("it runs again once it is reset", until(lambda: is_set("loop-pump.run-command", "1"), 90), alarms().strip())
    # Shorter than a scan: pressed and let go between two of them.
    drive("inputs", 0, True)
    time.sleep(0.02)
    drive("inputs", 0, False)
    say("a stop that is tapped for 20 ms is followed", until(lambda: "emergency-stop" in alarms(), 3))


def relay():
    seen = [level("outputs", 1)]
    begun = time.monotonic()
    while time.monotonic() - begun < 4:
        now = level("outputs", 1)
        if now != seen[-1]:
            seen.append(now)
        time.sleep(0.01)
    scans = 4 / SCAN
    say("every scan toggles the fail-safe relay", abs(len(seen) - 1 - scans) <= 2, f"{len(seen) - 1} in {scans:.0f} scans")


def course(seconds):
    """What the fill relay does for a while, looked at every millisecond, and whether it is held."""
    path = folder("outputs", 0) + "/value"
    value = os.open(path, os.O_RDONLY)
    seen = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = os.pread(value, 1, 0).decode()
        if not seen or seen[-1] != now:
            seen.append(now)
        time.sleep(0.001)
    os.close(value)
    return seen


def killed():
    for wanted in (True, False):
        drive("inputs", 1, wanted)
        until(lambda: level("outputs", 0) == int(wanted))
        run("systemctl", "kill", "-s", "KILL", "wellspringd")
        free = until(lambda: '"wellspringd"' not in run("gpioinfo", "outputs"), 1)
        say("kill -9 lets the lines go", free)
        seen = course(12)
        # Simulated lines fall to 0 when nobody holds them.
        want = [["0", "1"], ["1", "0", "1"]] if wanted else [["0"]]
        say(
            f"taken again as {int(wanted)} without a glitch", seen in want and level("outputs", 0) == int(wanted),
            " → ".join(seen))


def unplugged():
    run("chips", "pull-out", "expander")
    told = until(lambda: re.search(r"expander: (the|there is no) GPIO chip", journal()))
    say("a chip that is pulled out is told", told)
    say("everything else goes on meanwhile", is_set("contacts.tank-level", "1"))
    with open("/run/expander", "w") as file:
        file.write("expander 4\n")
    run("chips", "plug", "/run/expander")
    say("it is taken again when it is back", until(lambda: "expander: its lines are held again" in journal()))
    drive("expander", 0, True)
    say("and its edges come", until(lambda: is_set("expander.contact", "1"), 3))


def everything():
    say("chips belong to the group gpio", all(os.stat(path).st_gid != 0 for path in glob.glob("/dev/gpiochip*")))
    permission()
    start()
    edges()
    relay()
    figures()
    emergency_stop()
    unplugged()
    killed()


def figures():
    decisions(int(os.environ.get("RIG_EDGES", "300")))
    pulses(2000)


install()
if sys.argv[1:] == ["figures"]:
    run("systemctl", "start", "wellspringd")
    if not until(lambda: is_set("contacts.tank-level", "1") or is_set("contacts.tank-level", "0")):
        sys.exit("rig: the service does not see its lines\n" + journal()[-3000:])
    figures()
else:
    everything()
run("systemctl", "stop", "wellspringd")
if failed:
    print(journal()[-6000:])
    sys.exit(f"rig: {len(failed)} of the claims do not hold")
