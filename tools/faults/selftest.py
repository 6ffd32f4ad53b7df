#!/usr/bin/env python3
"""The fault server's own test: its truth, each of its kinds as bytes on the wire, and that a judge who
trusts everything sees what is false. Prints `well` at the end, or what failed."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tty

from compare import own_command
from frames import CRC, Request, Station, crc, take_rtu, take_tcp
from lines import Loop, Port, Serial
from mischief import EXCEPTIONS, LATEST, UNTELLABLE, WEIGHTS, Mischief
from truth import judge, now, value

HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 0.08
ADDRESS, COUNT, UNIT = 1200, 6, 7
# A machine with other work to do may send this much later than it should.
SLACK = 2.0
FAILED = []


def check(condition, *what):
    if not condition:
        FAILED.append(" ".join(str(part) for part in what))


def vectors():
    """The table of README.md."""
    rows = 0
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
        for line in file:
            row = re.fullmatch(r"\| (\d+) \| (\d+) \| (\d+) \| [0-9a-f]{16} \| (\d+).*\|\n", line)
            if row:
                unit, address, tick, word = map(int, row.groups())
                check(value(unit, address, tick) == word, "vector", line.strip(), value(unit, address, tick))
                rows += 1
    check(rows >= 10, "only", rows, "vectors in README.md")
    # Modbus over Serial Line 1.02, 6.2.2: the example's check sum, low byte first.
    check(crc(bytes([2, 7])) == bytes([0x41, 0x12]), "check sum", crc(bytes([2, 7])).hex())
    check(len(CRC) == 256 and crc(b"") == b"\xff\xff", "check sum's table")
    torn = [value(1, 1000, 5), value(1, 1001, 6)]
    check(judge(1, 1000, torn, 5, 6) == (0, False), "a torn pair is not seen")
    check(judge(1, 1000, torn, 5, 5) == (1, False), "a word of a later tick is not seen")
    check(judge(1, 1000, [value(1, 1000, 6), torn[1]], 5, 6) == (0, True), "a true pair is not believed")


class Client:
    """Asks and takes all that comes."""

    def __init__(self, place):
        self.is_serial = isinstance(place, str)
        if self.is_serial:
            self.file = os.open(place, os.O_RDWR | os.O_NOCTTY)
            tty.setraw(self.file)
        else:
            self.socket = socket.create_connection(("127.0.0.1", place))
            self.file = self.socket.fileno()
        os.set_blocking(self.file, False)
        self.number = 0

    def request(self, unit=UNIT, address=ADDRESS, count=COUNT, function=3):
        self.number += 1
        pdu = bytes([function]) + address.to_bytes(2, "big") + count.to_bytes(2, "big")
        return Request(unit, pdu, None if self.is_serial else self.number)

    def ask(self, request):
        before = now(), time.monotonic()
        os.write(self.file, request.frame(request.pdu))
        return before

    def take(self, seconds, enough=None):
        """What comes within so many seconds as (instant, bytes), or until there is enough and no more than
        that; b"" is the end."""
        pieces, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = os.read(self.file, enough - len(bytes_of(pieces)) if enough else 4096)
            except BlockingIOError:
                time.sleep(0.0005)
                continue
            except OSError:
                data = b""
            pieces.append((time.monotonic(), data))
            if not data or enough and len(bytes_of(pieces)) == enough:
                break
        return pieces

    def close(self):
        if self.is_serial:
            os.close(self.file)
        else:
            self.socket.close()


def bytes_of(pieces):
    return b"".join(data for _, data in pieces)


def is_true(request, frame, first, last):
    """Whether a frame is the right answer to a request, judged as README.md says."""
    body = frame[7:] if request.transaction else frame[1:-2]
    words = [int.from_bytes(body[i:i + 2], "big") for i in range(2, len(body), 2)]
    return (request.frame(body) == frame and body[:2] == bytes([request.function, 2 * request.count])
            and len(words) == request.count and judge(request.unit, request.address, words, first, last)[1])


def size(request):
    return len(request.frame(bytes(2 + 2 * request.count)))


def produced(kind, line, place):
    """Asks for one kind and looks at the bytes."""
    client = Client(place)
    request = client.request()
    whole, name = size(request), f"{kind} {'rtu' if client.is_serial else 'tcp'}:"
    line.mischief.share = 1
    first, sent = client.ask(request)
    if kind in ("late", "reorder"):
        early = client.take(TIMEOUT * 1.05)
        check(all(when - sent >= TIMEOUT for when, _ in early), name, "it came in time")
        line.mischief.share = 0
        other = client.request(address=ADDRESS + 20)
        second, asked = client.ask(other)
        data = bytes_of(early)
        data += bytes_of(client.take(TIMEOUT * LATEST + SLACK, 2 * whole - len(data)))
        pair = [data[:whole], data[whole:]]
        if not is_true(request, pair[0], first, now()):
            pair.reverse()
        check(is_true(request, pair[0], first, now()), name, "the answer is not there", data.hex())
        check(is_true(other, pair[1], second, now()), name, "the other answer is not there", data.hex())
        # It is not kept for ever.
        if kind == "reorder" and asked - sent < TIMEOUT * (LATEST - 1):
            check(pair[0] == data[whole:], name, "they are in order")
    else:
        longest = TIMEOUT * (LATEST + 1)
        wanted = {"delay": whole, "split": whole, "duplicate": 2 * whole, "exception": whole - 2 * COUNT,
                  "other-unit": whole, "crc-right": whole, "data-byte": whole, "corrupt": whole}.get(kind)
        pieces = client.take(longest + SLACK if wanted else longest, wanted)
        shape(kind, name, request, pieces, whole, first, sent)
    check(line.mischief.counts[kind] == 1, name, "counted", line.mischief.counts[kind])
    client.close()


def shape(kind, name, request, pieces, whole, first, sent):
    data, last = bytes_of(pieces), now()
    true = is_true(request, data[:whole], first, last)
    head = request.frame(bytes([3, 2 * COUNT]) + bytes(2 * COUNT))[:3 if request.transaction is None else 9]
    sound = crc(data[:-2]) == data[-2:] if request.transaction is None else True
    if kind in ("delay", "split"):
        check(true and len(data) == whole, name, "not the true answer", data.hex())
        if kind == "delay":
            check(pieces[0][0] - sent > TIMEOUT * 0.05, name, "at once")
    elif kind == "drop":
        check(not pieces, name, "something came", data.hex())
    elif kind in ("truncate", "disconnect"):
        check(len(data) < whole and head.startswith(data[:len(head)]), name, "not a part", data.hex())
        ended = bool(pieces) and pieces[-1][1] == b""
        check(ended == (kind == "disconnect"), name, "ended:", ended)
    elif kind == "duplicate":
        check(true and data == data[:whole] * 2, name, "not twice", data.hex())
    elif kind == "corrupt":
        check(len(data) == whole and not true, name, "nothing is wrong", data.hex())
        check(request.transaction or not sound, name, "the check sum is right")
        check(not request.transaction or data[:9] != head, name, "the head is right")
    elif kind in UNTELLABLE:
        check(len(data) == whole and data.startswith(head) and sound and not true, name, "can be told", data.hex())
    elif kind == "other-unit":
        place = len(head) - 3
        check(len(data) == whole and data[place] != UNIT and sound, name, "the same unit", data.hex())
        check(data[:place] + bytes([UNIT]) + data[place + 1:len(head)] == head, name, "more is wrong", data.hex())
    elif kind == "other-request":
        check(data and sound and data[:len(head)] != head, name, "the same request", data.hex())
    elif kind == "exception":
        code = data[len(head) - 1] if len(data) >= len(head) else 0
        check(code in EXCEPTIONS and data[len(head) - 2] == 0x83, name, "no exception", data.hex())
    elif kind == "flood":
        check(len(data) > whole and any(is_true(request, data[i:i + whole], first, last)
                                        for i in range(len(data))), name, "no answer in it", data.hex())
    elif kind == "garbage":
        check(data and not true, name, "sense", data.hex())
    else:
        check(False, name, "is not tested")


def naive(place, line, patience):
    """Wrong answers that one gets who believes whatever has the right length, of some that are asked for."""
    client, wrong = Client(place), 0
    line.mischief.share = 0.5
    for turn in range(30):
        request = client.request(address=ADDRESS + 10 * turn)
        first = client.ask(request)[0]
        frame = bytes_of(client.take(patience, size(request)))
        if len(frame) == size(request):
            start = 3 if client.is_serial else 9
            words = [int.from_bytes(frame[start + 2 * i:start + 2 * i + 2], "big") for i in range(COUNT)]
            wrong += not judge(UNIT, request.address, words, first, now())[1]
    client.close()
    return wrong


def wire():
    """Every kind on both transports, by lines in this process."""
    loop, lines, folder = Loop(), [], tempfile.mkdtemp()
    for kind, (tcp, rtu) in WEIGHTS.items():
        if tcp is not None:
            listener = socket.create_server(("127.0.0.1", 0))
            lines.append((kind, Port(loop, listener, Mischief(3, kind, False, 1, [kind], TIMEOUT)),
                          listener.getsockname()[1]))
        if rtu is not None:
            path = os.path.join(folder, kind)
            lines.append((kind, Serial(loop, path, Mischief(3, kind, True, 1, [kind], TIMEOUT)), path))
    threading.Thread(target=loop.run, daemon=True).start()
    asking = [threading.Thread(target=produced, args=(kind, line, place)) for kind, line, place in lines]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    deceives = {("late", False), ("late", True), ("other-unit", False), ("other-unit", True),
                ("other-request", False), ("duplicate", True), ("reorder", True), ("corrupt", True),
                ("crc-right", True), ("data-byte", False), ("delay", False), ("split", True)}
    honest = {("delay", False), ("split", True)}
    found = {}

    def deceive(kind, line, place):
        case = kind, isinstance(place, str)
        found[case] = naive(place, line, SLACK if case in honest else TIMEOUT)

    asking = [threading.Thread(target=deceive, args=entry) for entry in lines
              if (entry[0], isinstance(entry[2], str)) in deceives]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    for case in deceives:
        wrong = found.get(case)
        check(wrong is not None and (wrong == 0) == (case in honest), "naive client:", *case, "wrong:", wrong)
    for _, line, place in lines:
        if isinstance(place, str):
            line.unlink()
    os.rmdir(folder)


def program():
    """The program itself: ready, answers, the same faults from the same seed, its ends and its line."""
    reports = []
    for end, seed in (("quit", 11), ("signal", 11), ("quit", 12)):
        process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "fault_server.py"), "--tcp", "0", "0", "--seed", str(seed),
             "--kinds", "exception,split", "--faults", "0.5"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ports = [int(word) for word in process.stdout.readline().split()[1:]]
        for port in ports:
            client = Client(port)
            for _ in range(20):
                request = client.request()
                client.ask(request)
                data = bytes_of(client.take(SLACK, 9))
                check(len(data) >= 9, "program: no answer")
                if data[7] < 128:
                    client.take(SLACK, size(request) - len(data))
            client.close()
        if end == "signal":
            process.send_signal(signal.SIGTERM)
        reports.append(process.communicate("quit\n" if end == "quit" else None, timeout=5)[0])
        check(process.returncode == 0, "program:", end, "gives", process.returncode)
    check(reports[0] == reports[1], "program: another course from the same seed", *reports)
    check(reports[0] != reports[2], "program: the same course from another seed", *reports)
    report = json.loads(reports[0])
    check(report["requests"] == 40, "program: requests", report)
    check(0 < report["faulty"] < 40 and report["faulty"] == sum(report["kinds"].values()), "program:", report)


def streams():
    """Requests out of streams that hold more, less or other than one."""
    request = Request(3, bytes([3, 0, 1, 0, 2]))
    frame = request.frame(request.pdu)
    taken, length = take_rtu(b"\x00\x01" + frame + b"\x05")
    check(taken and taken.address == 1 and length == 10, "a request behind noise")
    check(take_rtu(frame[:6])[0] is None, "half a request")
    numbered = Request(3, request.pdu, 9)
    frame = numbered.frame(numbered.pdu)
    check(take_tcp(frame + frame)[1] == 12, "two requests")
    check(take_tcp(frame[:11])[0] is None, "half a request over TCP")
    check(take_tcp(b"\x00\x01\x00\x07" + frame) == (None, 0), "another protocol")


def writes():
    """What is written is kept, and what is refused."""
    station = Station()

    def answer(unit, text):
        return station.answer(Request(unit, bytes.fromhex(text)), 5).hex()

    check(answer(1, "06c0011234") == "06c0011234", "a register is not written")
    check(answer(1, "10c00200020400050006") == "10c0020002", "two registers are not written")
    check(answer(1, "03c0000004") == "03080000123400050006", "what was written is not kept")
    check(answer(2, "03c0010001") == "03020000", "it was written to another unit")
    for unit, text, code in ((1, "0600011234", 2), (1, "04c0000001", 2), (1, "03bfff0002", 2), (1, "0300000000", 3),
                             (1, "030000007e", 3), (1, "10c0020002020005", 3), (1, "0100000001", 1)):
        check(answer(unit, text)[2:] == f"0{code}", text, "is not refused with", code)
    true = f"0302{value(9, 3, 5):04x}"
    check(answer(9, "0300030001") == true, "the truth is not told")


def commands():
    """How the comparison asks our driver."""
    targets = ["tcp:h:1", "tcp:h:2"]
    added = "--target tcp:h:1 --target tcp:h:2 --seconds 3 --timeout 0.05".split()
    check(own_command("a b", targets, 3, 0.05) == [["a", "b", *added]], "options are not added")
    check(own_command("a {targets} {seconds}", targets, 3, 0.05) == [["a", *added[:4], "3"]], "targets are not put in")
    check(own_command("a {target} {timeout}", targets, 3, 0.05) == [["a", t, "0.05"] for t in targets],
          "not one process for each line")


def main():
    vectors()
    streams()
    writes()
    commands()
    wire()
    program()
    print("\n".join(FAILED) if FAILED else "well")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
