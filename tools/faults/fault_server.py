#!/usr/bin/env python3
"""A hostile Modbus server, over TCP or on serial lines: see README.md.

Prints `ready` with its ports or paths, ends at `quit` on standard input or at SIGTERM, and prints one
line of JSON then: requests, faulty, and kinds with how often each was done.
"""

import argparse
import collections
import json
import os
import select
import signal
import socket
import sys

from lines import CHARACTER_BITS, Loop, Port, Serial
from mischief import WEIGHTS, Mischief


def arguments():
    parser = argparse.ArgumentParser(description="A seeded hostile Modbus server.")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--tcp", nargs="+", type=int, metavar="PORT", help="ports to listen on; 0: any free one")
    place.add_argument("--pty", nargs="+", metavar="PATH", help="serial lines to make under these names")
    parser.add_argument("--seed", type=int, required=True, help="draws the faults")
    parser.add_argument("--faults", type=float, default=0.3, help="share of requests with a fault (0.3)")
    parser.add_argument("--kinds", help="only these, separated by commas; see README.md")
    parser.add_argument("--baud", type=int, help="paces every byte of a serial line; at once if left out")
    parser.add_argument("--timeout", type=float, default=0.05,
                        help="the clients' time-out in seconds, so that late means past it (0.05)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--processes", type=int, help="to share the lines between (one a processor, at most 4)")
    options = parser.parse_args()
    options.kinds = options.kinds.split(",") if options.kinds else None
    for kind in options.kinds or []:
        if kind not in WEIGHTS:
            parser.error(f"no kind of fault is called '{kind}': there are {', '.join(WEIGHTS)}")
        if WEIGHTS[kind][options.pty is not None] is None:
            parser.error(f"'{kind}' does not exist on this transport")
    return options


def serve(options, lines, pipe):
    """One process: its lines, until a byte or the end comes through the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    loop, made = Loop(), []
    for number, place in lines:
        mischief = Mischief(options.seed, number, options.pty is not None, options.faults, options.kinds,
                            options.timeout, CHARACTER_BITS / options.baud if options.baud else 0.0)
        made.append(Serial(loop, place, mischief) if options.pty
                    else Port(loop, place, mischief))

    def end():
        loop.is_over = True

    loop.watch(pipe.fileno(), end)
    pipe.send(b"r")
    loop.run()
    kinds = collections.Counter()
    for line in made:
        kinds.update(line.mischief.counts)
        if options.pty:
            line.unlink()
    pipe.sendall(json.dumps([sum(line.mischief.requests for line in made), kinds]).encode())


def start(options, lines, earlier):
    """A process for these lines; gives our end of the pipe to it."""
    ours, theirs = socket.socketpair()
    if os.fork():
        theirs.close()
        if ours.recv(1) != b"r":
            sys.exit("fault_server: a process did not start")
        return ours
    code = 1
    try:
        ours.close()
        # The end of the parent must be the end of the pipe.
        for pipe in earlier:
            pipe.close()
        serve(options, lines, theirs)
        code = 0
    finally:
        os._exit(code)


def wait():
    """Until `quit` or a signal."""
    reader, writer = os.pipe()
    # Whoever started it may have them blocked.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM, signal.SIGINT])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(writer, b"x"))
    watched = [reader, sys.stdin]
    while True:
        ready = select.select(watched, [], [])[0]
        if reader in ready:
            return
        line = sys.stdin.readline()
        if line.strip() == "quit":
            return
        if not line:
            watched.remove(sys.stdin)


def main():
    options = arguments()
    if options.tcp:
        places = [socket.create_server((options.host, port), backlog=64) for port in options.tcp]
        names = [str(place.getsockname()[1]) for place in places]
    else:
        places = names = options.pty
    lines = list(enumerate(places))
    count = options.processes or min(4, os.cpu_count() or 1)
    pipes = []
    for first in range(min(count, len(lines))):
        pipes.append(start(options, lines[first::count], pipes))
    print("ready", *names, flush=True)
    wait()
    requests, kinds = 0, collections.Counter()
    for pipe in pipes:
        pipe.shutdown(socket.SHUT_WR)
        text = b"".join(iter(lambda pipe=pipe: pipe.recv(65536), b""))
        some, counts = json.loads(text)
        requests += some
        kinds.update(counts)
    print(json.dumps({"requests": requests, "faulty": sum(kinds.values()), "kinds": kinds}), flush=True)


if __name__ == "__main__":
    main()
