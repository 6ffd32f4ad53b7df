"""What the fault server does wrong: one kind a request, drawn by weight from a seeded generator."""

import random
import struct

from frames import LARGEST_READ, refusal, words
from truth import MEMORY, now

# Weight of each kind among the faults: over TCP, on a serial line. Those that cost a careful client a
# time-out are about a sixth over TCP; on a serial line, where it must wait for silence after nonsense too,
# two fifths. This share sets how long a run takes.
# Weight 0: only when asked for by name.
WEIGHTS = {
    "delay": (6, 10),
    "late": (5, 8),
    "drop": (2, 2),
    "truncate": (2, 3),
    "duplicate": (14, 14),
    "reorder": (3, 3),
    "corrupt": (12, 6),
    "data-byte": (0, None),
    "crc-right": (None, 0),
    "other-unit": (12, 6),
    "other-request": (14, 6),
    "split": (8, 16),
    "exception": (10, 20),
    "disconnect": (5, 0.5),
    "flood": (3, 3),
    "garbage": (1, 2),
}
# What no client can tell from a true answer.
UNTELLABLE = ("data-byte", "crc-right")
EXCEPTIONS = (1, 2, 3, 4, 5, 6, 10, 11)
# A late answer comes within so many time-outs after its request.
LATEST = 3.0
# Units that the drivers never ask; unsolicited frames that come by themselves are theirs.
STRANGERS = (101, 247)
HANG_UP = None


def table(is_serial, kinds=None):
    """The kinds that are drawn on a transport, with their weights."""
    column = {kind: pair[is_serial] for kind, pair in WEIGHTS.items() if pair[is_serial] is not None}
    if kinds:
        return {kind: column[kind] or 1 for kind in kinds if kind in column}
    return {kind: weight for kind, weight in column.items() if weight}


class Held:
    """An answer that is kept for a later request's."""

    def __init__(self, data, earliest, latest, is_first):
        self.data, self.earliest, self.latest, self.is_first = data, earliest, latest, is_first


class Mischief:
    """Draws the faults of one line.

    `answer` gives what is to be sent as (seconds from now, bytes), bytes being HANG_UP for the end of the
    connection, and what is to be held back.
    """

    def __init__(self, seed, line, is_serial, share, kinds, timeout, character=0.0):
        self.random = random.Random(f"{seed}/{line}")
        self.is_serial, self.share, self.timeout = is_serial, share, timeout
        # Seconds that a byte takes on a line that is paced.
        self.character = character
        weights = table(is_serial, kinds)
        self.kinds, self.weights = list(weights), list(weights.values())
        self.counts = dict.fromkeys(self.kinds, 0)
        self.requests = 0
        self.acts = {kind: getattr(self, kind.replace("-", "_")) for kind in self.kinds}

    def answer(self, request, station, time):
        self.requests += 1
        true = station.answer(request, now())
        if not self.kinds or self.random.random() >= self.share:
            return [(0, request.frame(true))], None
        kind = self.random.choices(self.kinds, self.weights)[0]
        self.counts[kind] += 1
        done = self.acts[kind](request, true, time)
        return (done, None) if isinstance(done, list) else ([], done)

    # Each of these is one kind.

    def delay(self, request, true, time):
        return [(self.timeout * self.random.uniform(0.05, 0.5), request.frame(true))]

    def late(self, request, true, time):
        when = self.timeout * self.random.uniform(1.1, LATEST)
        if self.random.random() < 0.5:
            return [(when, request.frame(true))]
        return Held(request.frame(true), time + self.timeout * 0.98, time + when, True)

    def drop(self, request, true, time):
        return []

    def truncate(self, request, true, time):
        frame = request.frame(true)
        return [(0, frame[:self.random.randrange(1, len(frame))])]

    def duplicate(self, request, true, time):
        return [(0, request.frame(true) * 2)]

    def reorder(self, request, true, time):
        return Held(request.frame(true), time, time + self.timeout * LATEST, False)

    def corrupt(self, request, true, time):
        frame = request.frame(true)
        # Over TCP the header and the head of the PDU only.
        return [(0, self.flip(frame, 0, len(frame) if self.is_serial else min(9, len(frame))))]

    def data_byte(self, request, true, time):
        frame = request.frame(true)
        return [(0, self.flip(frame, min(9, len(frame) - 1), len(frame)))]

    def crc_right(self, request, true, time):
        return [(0, request.frame(self.elsewhere(request, true)))]

    def other_unit(self, request, true, time):
        unit = self.random.choice([u for u in (request.unit % 247 + 1, request.unit % 20 + 1,
                                               self.random.randint(1, 247)) if u != request.unit])
        return [(0, request.frame(self.elsewhere(request, true, unit), unit))]

    def other_request(self, request, true, time):
        what = self.random.choice(["function", "length"] + ["transaction"] * (not self.is_serial))
        if what == "transaction":
            step = self.random.choice([-1, 1, self.random.randint(2, 0xFFFE)])
            return [(0, request.frame(self.elsewhere(request, true), None, request.transaction + step))]
        return [(0, request.frame(self.foreign(request, what)))]

    def split(self, request, true, time):
        frame = request.frame(true)
        places = sorted(self.random.sample(range(1, len(frame)), self.random.randint(1, 3)))
        # Pauses shorter than those that part two frames at 9600 baud, as a USB adapter makes them.
        return [(0.0015 * i + start * self.character, frame[start:end])
                for i, (start, end) in enumerate(zip([0] + places, places + [len(frame)]))]

    def exception(self, request, true, time):
        return [(0, request.frame(refusal(request.function, self.random.choice(EXCEPTIONS))))]

    def disconnect(self, request, true, time):
        frame = request.frame(true)
        return [(0, frame[:self.random.randrange(1, len(frame))]), (0.002, HANG_UP)]

    def garbage(self, request, true, time):
        return [(0, self.random.randbytes(self.random.randint(1, 64)))]

    def flood(self, request, true, time):
        few = self.random.randint(1, 3) if self.is_serial else self.random.randint(5, 40)
        before = b"".join(self.unsolicited(request) for _ in range(few))
        sent = [(0, before + request.frame(true))]
        if not self.character:
            later = (self.unsolicited(request, True) for _ in range(self.random.randint(0, 3)))
            sent += [(self.random.uniform(0, 0.02), frame) for frame in later]
        return sent

    # What they are made of.

    def flip(self, frame, start, end):
        place = self.random.randrange(start, end)
        return frame[:place] + bytes([frame[place] ^ self.random.randint(1, 255)]) + frame[place + 1:]

    def elsewhere(self, request, true, unit=None):
        """The answer to the same request at another address; to a write, another echo."""
        if not request.is_read or true[0] != request.function:
            return true[:-1] + bytes([true[-1] ^ 1])
        count = len(true) // 2 - 1
        address = (request.address + self.random.randint(200, 40_000)) % (MEMORY - LARGEST_READ)
        return words(request.function, unit or request.unit, address, count, now())

    def foreign(self, request, what):
        """An answer of another function, or to a read of another length."""
        address = self.random.randrange(MEMORY - LARGEST_READ)
        function, count = request.function, min(max(request.count, 1), LARGEST_READ)
        if what == "length" and request.is_read:
            count = self.random.choice([c for c in (count - 1, count + 1, self.random.randint(1, 20))
                                        if c != request.count and 1 <= c <= LARGEST_READ])
        elif self.random.random() < 0.5 or not request.is_read:
            other = 16 if function == 6 else 6
            return struct.pack(">BHH", other, address, self.random.randint(1, 100))
        else:
            function = 7 - function
        return words(function, request.unit, address, count, now())

    def unsolicited(self, request, is_later=False):
        """A frame nobody asked for: of another transaction; on a serial line, of a stranger or another request."""
        unit = self.random.randint(*STRANGERS)
        count, back = self.random.randint(1, 20), self.random.randint(1, 1000)
        if not is_later:
            if self.is_serial and self.random.random() < 0.5:
                return request.frame(self.foreign(request, self.random.choice(["function", "length"])))
            unit = unit if self.is_serial else request.unit
            back = self.random.choice([-1, 1, back])
        address = self.random.randrange(MEMORY - LARGEST_READ)
        pdu = words(self.random.choice([3, 4]), unit, address, count, now())
        number = None if self.is_serial else request.transaction - back
        return request.frame(pdu, unit, number)
