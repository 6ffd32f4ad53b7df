"""A plant's configuration with serial lines in the place of its networks, as many as the check asks for."""

import os
import re
import subprocess

from plant import BIN, Failed, expanded

# A line is given up when one bus would need more than this.
MOST_LINES = 16


def on_serial_lines(configuration, folder, baud=19_200, proof_seconds=2):
    """Writes a copy whose buses are lines in `folder`; gives its path and what the check says of the lines.

    Proofs may be `proof_seconds` old at most. A bus gets one line more for as long as the check refuses one of its.
    """
    text = expanded(configuration)
    buses = section(text, "buses")
    names = re.findall(r"^  (\S+):$", buses, re.MULTILINE)
    lines = dict.fromkeys(names, 1)
    copy = os.path.join(folder, os.path.basename(configuration))
    while max(lines.values()) <= MOST_LINES:
        with open(copy, "w", encoding="utf-8") as file:
            file.write(rewritten(text, buses, lines, folder, baud, proof_seconds))
        check = subprocess.run([f"{BIN}/wellspringd", "--check", copy], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, encoding="utf-8", check=False)
        if check.returncode == 0:
            return copy, re.findall(r"^  (bus .*)$", check.stdout, re.MULTILINE)
        slow = set(re.findall(r"a round of '(\S+)-\d+' takes", check.stdout))
        if not slow:
            raise Failed("the plant on serial lines is refused:\n" + check.stdout)
        for name in slow:
            lines[name] += 1
    raise Failed(f"more than {MOST_LINES} lines would not do at {baud} baud")


def section(text, name):
    return re.search(rf"^{name}:\n((?:  .*\n)+)", text, re.MULTILINE)[1]


def rewritten(text, buses, lines, folder, baud, proof_seconds):
    new = "".join(
        f"  {name}-{line + 1}:\n    serial: \"{folder}/{name}-{line + 1}\"\n    baud: {baud}\n"
        f"    response_timeout_seconds: 0.3\n"
        for name, count in lines.items() for line in range(count))
    devices = section(text, "devices")
    counts, seen = {}, {}
    for name in re.findall(r"^    bus: (\S+)$", devices, re.MULTILINE):
        counts[name] = counts.get(name, 0) + 1

    def moved(found):
        name = found[1]
        place = seen.get(name, 0)
        seen[name] = place + 1
        return f"    bus: {name}-{place * lines[name] // counts[name] + 1}"

    text = text.replace(devices, re.sub(r"^    bus: (\S+)$", moved, devices, flags=re.MULTILINE))
    # A proof must be seen three times before it is too old.
    text = re.sub(r"scan_seconds: .*", f"scan_seconds: {proof_seconds / 4}", text, count=1)
    text = text.replace("buses:\n" + buses, "buses:\n" + new)
    return text.replace("parameters:\n", f"parameters:\n  proof_maximum_age_seconds: {proof_seconds}\n", 1)
