"""What the Python drivers share: their command line, the loop, the judgement, the line they print."""

import argparse
import json
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from truth import MEMORY, judge, now  # noqa: E402

LARGEST = 20
BAUD = 115200


class Failed(Exception):
    """The client said that there is no answer."""


class Target:
    def __init__(self, text):
        self.kind, _, rest = text.partition(":")
        if self.kind == "rtu":
            self.path = rest
        elif self.kind == "tcp" and ":" in rest:
            self.host, port = rest.rsplit(":", 1)
            self.port = int(port)
        else:
            raise argparse.ArgumentTypeError("tcp:HOST:PORT or rtu:PATH")

    @property
    def is_serial(self):
        return self.kind == "rtu"


def run(name, client):
    """Runs a client: `client(target, timeout)` has `read(function, unit, address, count)`, which gives words
    or raises, and `recover()`, done after each failure."""
    parser = argparse.ArgumentParser(description=f"{name} against the fault server.")
    parser.add_argument("--target", type=Target, required=True, metavar="tcp:HOST:PORT|rtu:PATH")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--timeout", type=float, required=True)
    parser.add_argument("--unit", type=int, default=1)
    parser.add_argument("--units", type=int, default=1, help="units from --unit on, at random")
    parser.add_argument("--seed", type=int, help="draws what is read")
    options = parser.parse_args()
    draw = random.Random(options.seed)
    subject = client(options.target, options.timeout)
    requests = delivered = wrong_words = wrong_answers = errors = 0
    start = time.monotonic()
    while time.monotonic() - start < options.seconds:
        unit, count = options.unit + draw.randrange(options.units), draw.randint(1, LARGEST)
        address, function = draw.randrange(MEMORY - LARGEST), draw.choice([3, 4])
        requests += 1
        sent = now()
        try:
            words = subject.read(function, unit, address, count)
            done = now()
        except Exception:  # whatever a library throws, it delivered nothing
            errors += 1
            try:
                subject.recover()
            except Exception:
                time.sleep(0.001)
            continue
        delivered += 1
        if not isinstance(words, (list, tuple)):
            # What it made of an answer to some other function.
            words = [words]
        wrong, whole = judge(unit, address, words[:count], sent, done)
        wrong_words += wrong
        wrong_answers += not whole or len(words) != count
    print(json.dumps({
        "client": name, "requests": requests, "delivered": delivered, "wrong_words": wrong_words,
        "wrong_answers": wrong_answers, "errors": errors, "seconds": round(time.monotonic() - start, 3)}))
