"""A serial line with devices on it: the other end of a pseudo-terminal.

Input register a of every unit holds 1000 + a; nothing true is ever 57005 (0xDEAD), which is what
every false answer carries. Holding registers keep what is written.

Prints `port PATH` first. Then takes one command a line on standard input and answers with one line:
  be KIND         how to answer from now on, see KINDS
  seed N          with `be anything`: draws a kind for every request
  deaf UNIT       this unit alone is silent; `deaf 0` ends it
  undefined A     reads of a block with this register get exception 2; `undefined -1` ends it
  counts          print how many good requests came so far
  gaps            print the shortest silence before a request since the last time, in milliseconds
  pull            the adapter is pulled
  plug            and put in again, under the same name
"""

import os
import random
import select
import struct
import sys
import tempfile
import time
import tty

POISON = 0xDEAD
KINDS = ["well", "silent", "late", "later", "refused-later", "half", "crc", "unit", "function", "count", "twice", "garbage",
         "split", "busy", "echo"]
# After the client has given up; and after it has asked again: its time-out is 72 ms in these tests.
LATE, LATER = 0.15, 0.235


def crc(data):
    """The check sum of Modbus over Serial Line 1.02, 6.2.2, bit by bit."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return struct.pack("<H", value)


class Line:
    def __init__(self):
        self.kind, self.random = "well", random.Random(1)
        self.deaf, self.undefined, self.requests = 0, -1, 0
        self.holding, self.waiting = {}, []
        self.last, self.gap = time.monotonic(), 1000.0
        self.folder = tempfile.mkdtemp()
        self.place = os.path.join(self.folder, "line")
        self.plug()

    def plug(self):
        # The terminal's end stays open here too, so that nobody's closing it ends the line.
        self.file, self.terminal = os.openpty()
        tty.setraw(self.terminal)
        os.symlink(os.ttyname(self.terminal), self.place)
        self.buffer = b""

    def pull(self):
        os.unlink(self.place)
        os.close(self.file)
        os.close(self.terminal)
        self.file = None

    def run(self):
        print("port", self.place, flush=True)
        while True:
            watched = [sys.stdin] + ([self.file] if self.file is not None else [])
            for ready in select.select(watched, [], [], 0.002)[0]:
                if ready is sys.stdin:
                    line = sys.stdin.readline()
                    if not line:
                        return
                    print(self.command(line.split()), flush=True)
                else:
                    self.take(os.read(self.file, 512))
            now = time.monotonic()
            for entry in [e for e in self.waiting if e[0] <= now]:
                self.waiting.remove(entry)
                # On a busy machine it is lost rather than later than any answer is allowed to be.
                if now - entry[0] < 0.05:
                    self.send(entry[1])

    def send(self, data):
        if self.file is not None:
            # Before it: a silence may be measured longer than it was, never shorter.
            self.last = time.monotonic()
            os.write(self.file, data)

    def command(self, words):
        verb, number = words[0], int(words[1]) if words[1:] and words[1].lstrip("-").isdigit() else 0
        if verb == "be":
            self.kind = words[1]
        elif verb == "seed":
            self.random = random.Random(number)
        elif verb == "deaf":
            self.deaf = number
        elif verb == "undefined":
            self.undefined = number
        elif verb == "counts":
            return str(self.requests)
        elif verb == "gaps":
            gap, self.gap = self.gap, 1000.0
            return f"{gap:.3f}"
        elif verb == "pull":
            self.pull()
        elif verb == "plug":
            self.plug()
        return "done"

    def take(self, data):
        if not self.buffer:
            self.gap = min(self.gap, (time.monotonic() - self.last) * 1000)
        self.buffer += data
        while len(self.buffer) >= 8:
            length = 9 + self.buffer[6] if self.buffer[1] == 16 else 8
            if len(self.buffer) < length:
                return
            frame, self.buffer = self.buffer[:length], self.buffer[length:]
            self.last = time.monotonic()
            if crc(frame[:-2]) == frame[-2:]:
                self.requests += 1
                self.answer(frame[:-2])

    def true(self, request):
        unit, function, address, count = struct.unpack(">BBHH", request[:6])
        if function in (3, 4):
            if address <= self.undefined < address + count:
                return struct.pack(">BBB", unit, function | 0x80, 2)
            words = [self.holding.get((unit, a), 0) if function == 3 else 1000 + a
                     for a in range(address, address + count)]
            return struct.pack(f">BBB{count}H", unit, function, 2 * count, *words)
        if function == 6:
            self.holding[unit, address] = count
            return request
        if function == 16:
            for place in range(count):
                self.holding[unit, address + place] = struct.unpack_from(">H", request, 7 + 2 * place)[0]
            return request[:6]
        return struct.pack(">BBB", unit, function | 0x80, 1)

    def poisoned(self, request):
        reply = bytearray(self.true(request))
        for place in range(3, len(reply) - 1, 2):
            struct.pack_into(">H", reply, place, POISON)
        return bytes(reply)

    def answer(self, request):
        unit = request[0]
        if unit == self.deaf:
            return
        kind = self.random.choice(KINDS) if self.kind == "anything" else self.kind
        reply, false = self.true(request), self.poisoned(request)
        whole = reply + crc(reply)
        if kind == "well":
            self.send(whole)
        elif kind == "late":
            # After the client has given up: it is the answer to something else then.
            self.waiting.append((time.monotonic() + LATE, false + crc(false)))
        elif kind == "later":
            self.waiting.append((time.monotonic() + LATER, false + crc(false)))
        elif kind == "refused-later":
            refusal = struct.pack(">BBB", unit, request[1] | 0x80, 2)
            self.waiting.append((time.monotonic() + LATER, refusal + crc(refusal)))
        elif kind == "half":
            self.send((false + crc(false))[:len(false) // 2])
        elif kind == "crc":
            self.send(false + bytes([crc(false)[0] ^ 1]) + crc(false)[1:])
        elif kind == "unit":
            other = bytes([unit % 247 + 1]) + false[1:]
            self.send(other + crc(other))
        elif kind == "function":
            other = false[:1] + bytes([7 - false[1] if false[1] in (3, 4) else 3]) + false[2:]
            self.send(other + crc(other))
        elif kind == "count":
            other = false[:2] + bytes([false[2] ^ 2]) + false[3:]
            self.send(other + crc(other))
        elif kind == "twice":
            self.send(whole + false + crc(false))
        elif kind == "garbage":
            self.send(bytes(self.random.randrange(256) for _ in range(len(whole))))
        elif kind == "split":
            self.send(whole[:3])
            self.waiting.append((time.monotonic() + 0.01, whole[3:]))
        elif kind == "busy":
            busy = struct.pack(">BBB", unit, request[1] | 0x80, 6)
            self.send(busy + crc(busy))
        elif kind == "echo":
            # Some adapters return what they send.
            self.send(request + crc(request) + whole)


Line().run()
