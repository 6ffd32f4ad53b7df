"""A twin behind Modbus and the real daemon on it, for the demo and the bench.

Both get a copy of the configuration with free ports and a folder of their own, so that several can
run beside each other and beside an installed daemon.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.path.join(ROOT, ".build", "release")


class Failed(Exception):
    pass


def free_ports(count):
    """Ports that nobody listens on."""
    held = [socket.socket() for _ in range(count)]
    for each in held:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def expanded(configuration):
    """The configuration, all its files as one."""
    return subprocess.run(
        [f"{BIN}/wellspringd", "--check", "--expanded", configuration],
        stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout


def with_free_ports(configuration, folder):
    """A copy of the configuration, all its files as one, whose buses are at free ports."""
    text = expanded(configuration)
    ports = iter(free_ports(len(re.findall(r"port: \d+", text))))
    copy = os.path.join(folder, os.path.basename(configuration))
    with open(copy, "w", encoding="utf-8") as file:
        file.write(re.sub(r"port: \d+", lambda _: f"port: {next(ports)}", text))
    return copy


class Plant:
    """The twin and the daemon, and the two clients that speak to them."""

    def __init__(self, configuration, folder, start, scale=1, scan=1, has_ports=True):
        self.scale = scale
        self.folder = folder
        self.configuration = (
            with_free_ports(configuration, folder) if has_ports else configuration)
        self.control = os.path.join(folder, "sim.sock")
        self.socket = os.path.join(folder, "control.sock")
        self.daemon = None
        self.sim = subprocess.Popen(
            [f"{BIN}/wellspring-sim", "--config", self.configuration, "--time-scale", str(scale),
             "--start", start, "--control", self.control],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        told = []
        for line in self.sim.stdout:
            told.append(line)
            if "serving" in line:
                break
        else:
            raise Failed("the simulator did not start: " + "".join(told))
        self.begin_daemon(scan)

    def begin_daemon(self, scan):
        timing = [] if self.scale == 1 else ["--time-scale", str(self.scale)]
        with open(self.log_path, "a", encoding="utf-8") as log:
            self.daemon = subprocess.Popen(
                [f"{BIN}/wellspringd", "--config", self.configuration, *timing, "--plant-time",
                 self.tell("status")["time"], "--scan-seconds", str(scan), "--state", self.folder,
                 "--socket", self.socket], stdout=log, stderr=log)
        self.wait("the daemon to answer", lambda: os.path.exists(self.socket), 20)
        self.wait("the daemon to take the plant over",
                  lambda: self.status()["has_taken_over"], 30)

    @property
    def log_path(self):
        return os.path.join(self.folder, "daemon.log")

    def log_tail(self, count):
        """The daemon's last lines; the head of its backtrace when it crashed."""
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            lines = [line.rstrip() for line in log]
        for number, line in enumerate(lines):
            if "Program crashed" in line:
                return lines[number:number + 3 * count]
        return lines[-count:]

    def tell(self, *words):
        """A command to the simulator, as `wellspring-sim tell` gives it."""
        done = subprocess.run(
            [f"{BIN}/wellspring-sim", "tell", "--control", self.control, *words],
            capture_output=True, text=True, timeout=20)
        reply = json.loads(done.stdout or "{}")
        if done.returncode or "error" in reply:
            raise Failed(f"tell {' '.join(words)}: {done.stdout}{done.stderr}")
        return reply["result"]

    def ctl(self, *words, expect=0):
        """A command to the daemon, as an operator gives it."""
        done = subprocess.run(
            [f"{BIN}/wellspringctl", "--socket", self.socket, "--json", *words],
            capture_output=True, text=True, timeout=40)
        if done.returncode != expect:
            raise Failed(f"wellspringctl {' '.join(words)}: exit {done.returncode}: {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def status(self):
        return self.ctl("status")

    def block(self, name):
        return next(b for b in self.status()["blocks"] if b["name"] == name)

    def running(self, prefix=""):
        return [u["name"] for u in self.status()["units"]
                if u["phase"] == "running" and u["name"].startswith(prefix)]

    def loads(self, prefix):
        return [u["load_fraction"] for u in self.status()["units"]
                if u["name"].startswith(prefix) and u["phase"] == "running"]

    def wait(self, what, test, seconds, pause=0.1):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if test():
                return
            for name, process in (("simulator", self.sim), ("daemon", self.daemon)):
                if process and process.poll() is not None:
                    raise Failed(f"the {name} ended by itself with {process.returncode}")
            time.sleep(pause)
        raise Failed(f"waited {seconds:.0f} s in vain for {what}")

    def hours(self, hours):
        """Real seconds that so many plant hours take."""
        return hours * 3600 / self.scale

    def run(self, hours):
        time.sleep(self.hours(hours))

    def kill(self):
        """Ends both at once, for a plant that nobody will miss."""
        for process in (self.daemon, self.sim):
            if process and process.poll() is None:
                process.kill()
                process.wait(timeout=10)

    def end(self):
        """Stops the daemon in order, then the twin; the daemon's exit code."""
        code = None
        if self.daemon and self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
            try:
                code = self.daemon.wait(timeout=60 + self.hours(0.4))
            except subprocess.TimeoutExpired:
                self.daemon.kill()
        self.sim.terminate()
        self.sim.wait(timeout=10)
        return code
