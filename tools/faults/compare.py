#!/usr/bin/env python3
"""Runs Modbus clients against the fault server, all with the same mix of faults, and prints what each
delivered. See README.md.

    tools/faults/compare.py                        the other clients
    tools/faults/compare.py --own 'COMMAND'        and ours, to at least --exchanges faulty exchanges
    tools/faults/compare.py --only none --own …    ours alone
"""

import argparse
import json
import os
import random
import shlex
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PYTHON = os.path.join(ROOT, ".build-clients", "bin", "python")
BUILT = os.path.join(ROOT, ".build", "faults", "libmodbus")

# Client: its driver, its transports.
CLIENTS = {
    "libmodbus": (BUILT, ("tcp", "rtu")),
    "pymodbus": ("client_pymodbus.py", ("tcp", "rtu")),
    "pyModbusTCP": ("client_pymodbustcp.py", ("tcp",)),
    "uModbus": ("client_umodbus.py", ("tcp", "rtu")),
    "minimalmodbus": ("client_minimalmodbus.py", ("rtu",)),
}
# Lines at once: ours, and those of each other client, for which every line is a process.
OWN_LINES = 32
PEER_LINES = 4
# On a serial line an answer of another unit can be told, so one with a single unit is the harder case.
UNITS = {"tcp": (20,), "rtu": (20, 1)}
# The goal on a serial line, as a part of that over TCP.
RTU_PART = 10
# What a run may take beyond what it asks for, before it is given up.
GRACE_SECONDS = 60


class Outcome:
    """What a client did, on all lines of one or more runs."""

    def __init__(self):
        self.exchanges = self.faulty = self.delivered = self.wrong = self.words = 0
        self.kinds, self.seconds = {}, 0.0

    def add(self, server, lines, seconds):
        self.exchanges += server["requests"]
        self.faulty += server["faulty"]
        for kind, count in server["kinds"].items():
            self.kinds[kind] = self.kinds.get(kind, 0) + count
        for line in lines:
            self.delivered += line["delivered"]
            self.wrong += line["wrong_answers"]
            self.words += line["wrong_words"]
        self.seconds += seconds


class Server:
    """The fault server, for the time of one run."""

    def __init__(self, options, transport, count, seed, folder):
        self.transport = transport
        places = ["0"] * count if transport == "tcp" else [os.path.join(folder, f"line{i}") for i in range(count)]
        command = [sys.executable, os.path.join(HERE, "fault_server.py"),
                   "--tcp" if transport == "tcp" else "--pty", *places, "--seed", str(seed),
                   "--faults", str(options.faults), "--timeout", str(options.timeout)]
        if options.kinds:
            command += ["--kinds", options.kinds]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        words = self.process.stdout.readline().split()
        if words[:1] != ["ready"]:
            sys.exit("compare: the fault server did not start")
        prefix = "tcp:127.0.0.1:" if transport == "tcp" else "rtu:"
        self.targets = [prefix + place for place in words[1:]]

    def end(self):
        return json.loads(self.process.communicate("quit\n", timeout=GRACE_SECONDS)[0])


def run(options, transport, count, seed, seconds, command_for):
    """One run: a server, and the commands that `command_for(targets)` gives; their lines of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options, transport, count, seed, folder)
        drivers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
                   for command in command_for(server.targets, seconds)]
        lines, deadline = [], time.monotonic() + seconds + GRACE_SECONDS
        try:
            for driver in drivers:
                text = driver.communicate(timeout=max(1.0, deadline - time.monotonic()))[0]
                if driver.returncode:
                    sys.exit(f"compare: {driver.args[0]} ended with {driver.returncode}")
                lines += [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        except subprocess.TimeoutExpired:
            sys.exit(f"compare: {driver.args[0]} did not end")
        finally:
            for driver in drivers:
                if driver.poll() is None:
                    driver.send_signal(signal.SIGKILL)
            counts = server.end()
        return counts, lines


def build():
    """The driver in C, unless it is newer than its source."""
    source = os.path.join(HERE, "clients", "libmodbus.c")
    if os.path.exists(BUILT) and os.path.getmtime(BUILT) > os.path.getmtime(source):
        return
    os.makedirs(os.path.dirname(BUILT), exist_ok=True)
    flags = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libmodbus"], text=True).split()
    subprocess.check_call(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", BUILT, source, *flags])


def peer(options, name, transport, units, seed):
    program = CLIENTS[name][0]
    words = [program] if program == BUILT else [PYTHON, "-B", os.path.join(HERE, "clients", program)]

    def command_for(targets, seconds):
        return [[*words, "--target", target, "--seconds", str(seconds), "--timeout", str(options.timeout),
                 "--units", str(units), "--seed", str(seed + i)] for i, target in enumerate(targets)]

    outcome = Outcome()
    counts, lines = run(options, transport, options.lines, seed, options.seconds, command_for)
    outcome.add(counts, lines, options.seconds)
    return outcome


def own_command(template, targets, seconds, timeout):
    """Our driver's command: placeholders where the template has them, else options at its end."""
    values = {"{seconds}": str(seconds), "{timeout}": str(timeout)}
    words = shlex.split(template)
    if "{target}" in words:
        return [[values.get(w, target if w == "{target}" else w) for w in words] for target in targets]
    asked = [word for target in targets for word in ("--target", target)]
    if "{targets}" not in words:
        return [words + asked + ["--seconds", str(seconds), "--timeout", str(timeout)]]
    place = words.index("{targets}")
    words[place:place + 1] = asked
    return [[values.get(word, word) for word in words]]


def own(options, transport, seed):
    """Ours, in runs until the goal is reached: the first one measures how long the rest takes."""
    goal = options.exchanges if transport == "tcp" else options.exchanges // RTU_PART
    outcome, number = Outcome(), 0
    seconds = min(15, max(2, goal // 1000))
    while outcome.faulty < goal:
        counts, lines = run(
            options, transport, options.own_lines, seed + number, seconds,
            lambda targets, seconds: own_command(options.own, targets, seconds, options.timeout))
        if not counts["faulty"]:
            sys.exit("compare: our driver asked for nothing")
        outcome.add(counts, lines, seconds)
        number += 1
        rate = outcome.faulty / outcome.seconds
        seconds = max(2, int((goal - outcome.faulty) / rate * 1.03) + 1)
        if outcome.faulty < goal:
            print(f"  {transport}: {rate:.0f} faulty exchanges a second, {seconds} s more", file=sys.stderr)
    return outcome


def row(name, transport, outcome):
    per_million = outcome.wrong * 1e6 / outcome.delivered if outcome.delivered else 0
    cells = [name, transport, outcome.exchanges, outcome.faulty, outcome.delivered, outcome.wrong,
             f"{per_million:.0f}"]
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def arguments():
    parser = argparse.ArgumentParser(
        description="Compares Modbus clients against the fault server.",
        epilog="In COMMAND {targets} becomes --target … for every line, or {target} one of them with a process "
        "each; {seconds} and {timeout} their values. Without them, all are put to its end as options.")
    parser.add_argument("--seed", type=int, help="repeats the faults of an earlier run (fresh)")
    parser.add_argument("--own", metavar="COMMAND", help="our driver")
    parser.add_argument("--exchanges", type=int, default=500_000,
                        help="faulty exchanges ours must see over TCP; on serial lines a tenth (500000)")
    parser.add_argument("--own-lines", type=int, default=OWN_LINES, help=f"of ours ({OWN_LINES})")
    parser.add_argument("--only", help="these clients, separated by commas, or none")
    parser.add_argument("--transport", choices=["tcp", "rtu"], help="only this one")
    parser.add_argument("--seconds", type=int, default=12, help="for each other client and transport (12)")
    parser.add_argument("--lines", type=int, default=PEER_LINES, help=f"of each other client ({PEER_LINES})")
    parser.add_argument("--timeout", type=float, default=0.05, help="of every client, in seconds (0.05)")
    parser.add_argument("--faults", type=float, default=0.5, help="share of faulty exchanges (0.5)")
    parser.add_argument("--kinds", help="only these kinds of faults")
    options = parser.parse_args()
    chosen = list(CLIENTS) if options.only is None else options.only.split(",")
    options.clients = [name for name in chosen if name != "none"]
    for name in options.clients:
        if name not in CLIENTS:
            parser.error(f"no client '{name}': there are {', '.join(CLIENTS)}")
    return options


def main():
    options = arguments()
    seed = random.SystemRandom().randrange(1 << 30) if options.seed is None else options.seed
    if any(CLIENTS[name][0] != BUILT for name in options.clients) and not os.path.exists(PYTHON):
        sys.exit("compare: no other clients here: run scripts/setup --bench")
    if "libmodbus" in options.clients:
        build()
    print(f"seed {seed}, {options.faults:.0%} faulty, time-out {options.timeout * 1000:.0f} ms\n")
    print("| client | transport | exchanges | faulty | delivered | wrong | per million |")
    print("|---|---|---|---|---|---|---|")
    is_wrong = False
    for transport in [options.transport] if options.transport else ["tcp", "rtu"]:
        for units in UNITS[transport]:
            for name in options.clients:
                if transport in CLIENTS[name][1]:
                    where = transport if transport == "tcp" else f"{transport}, {units} unit{'s' * (units > 1)}"
                    row(name, where, peer(options, name, transport, units, seed))
        if options.own:
            outcome = own(options, transport, seed)
            row("ours", transport, outcome)
            is_wrong |= outcome.wrong > 0 or not outcome.delivered
            print(f"  {transport}: {outcome.seconds:.0f} s; " + ", ".join(
                f"{kind} {count}" for kind, count in outcome.kinds.items()), file=sys.stderr)
    return 1 if is_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
