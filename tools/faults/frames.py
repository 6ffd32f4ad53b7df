"""Modbus requests and answers as bytes: what a well-behaved device of the fault server says."""

import struct

from truth import MEMORY, value

LARGEST_READ = 125
LARGEST_WRITE = 123


def _table():
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        yield byte


CRC = list(_table())


def crc(data):
    """The check sum of Modbus over Serial Line 1.02, 6.2.2."""
    total = 0xFFFF
    for byte in data:
        total = total >> 8 ^ CRC[(total ^ byte) & 0xFF]
    return struct.pack("<H", total)


class Request:
    """One request: its unit, its PDU, and over TCP its transaction."""

    def __init__(self, unit, pdu, transaction=None):
        self.unit, self.pdu, self.transaction = unit, pdu, transaction
        self.function = pdu[0] if pdu else 0
        whole = len(pdu) >= 5
        self.address, self.count = struct.unpack_from(">HH", pdu, 1) if whole else (0, 0)
        self.is_read = self.function in (3, 4)

    def frame(self, pdu, unit=None, transaction=None):
        """An answer to it, or to one of another unit or transaction, with all that goes around it."""
        unit = self.unit if unit is None else unit
        body = bytes([unit]) + pdu
        if self.transaction is None:
            return body + crc(body)
        number = self.transaction if transaction is None else transaction
        return struct.pack(">HHH", number & 0xFFFF, 0, len(body)) + body


def take_tcp(buffer):
    """The next request of a stream and how many bytes it took; no request while more must come, and
    no bytes when the stream makes no sense."""
    if len(buffer) < 8:
        return None, 1
    transaction, protocol, length = struct.unpack_from(">HHH", buffer)
    if protocol or not 2 <= length <= 254:
        return None, 0
    if len(buffer) < 6 + length:
        return None, 1
    return Request(buffer[6], bytes(buffer[7:6 + length]), transaction), 6 + length


def take_rtu(buffer):
    """The next request on a serial line, and how many bytes it took; what is no request is passed over."""
    start = 0
    while len(buffer) - start >= 8:
        length = 9 + buffer[start + 6] if buffer[start + 1] in (15, 16) else 8
        frame = bytes(buffer[start:start + length])
        if len(frame) == length and crc(frame[:-2]) == frame[-2:]:
            return Request(frame[0], frame[1:-2]), start + length
        if len(frame) < length and start == 0:
            break
        start += 1
    return None, start


def refusal(function, code):
    return bytes([function | 0x80, code])


def words(function, unit, address, count, tick):
    """The PDU of a read that is answered with the truth of a tick."""
    held = [value(unit, a, tick) for a in range(address, address + count)]
    return struct.pack(f">BB{count}H", function, 2 * count, *held)


class Station:
    """All devices of one line, and what was written to them."""

    def __init__(self):
        self.memory = {}

    def answer(self, request, tick):
        """The PDU of the true answer."""
        if request.function in (3, 4):
            return self.read(request, tick)
        if request.function == 6 and len(request.pdu) == 5:
            if request.address < MEMORY:
                return refusal(6, 2)
            self.memory[request.unit, request.address] = request.count
            return request.pdu
        if request.function == 16:
            return self.write(request)
        return refusal(request.function, 1)

    def read(self, request, tick):
        function, unit, address, count = request.function, request.unit, request.address, request.count
        if len(request.pdu) != 5 or not 1 <= count <= LARGEST_READ:
            return refusal(function, 3)
        if address + count <= MEMORY:
            return words(function, unit, address, count, tick)
        if function == 4 or address < MEMORY or address + count > 0x10000:
            return refusal(function, 2)
        held = [self.memory.get((unit, a), 0) for a in range(address, address + count)]
        return struct.pack(f">BB{count}H", function, 2 * count, *held)

    def write(self, request):
        address, count, pdu = request.address, request.count, request.pdu
        if not 1 <= count <= LARGEST_WRITE or len(pdu) != 6 + 2 * count or pdu[5] != 2 * count:
            return refusal(16, 3)
        if address < MEMORY or address + count > 0x10000:
            return refusal(16, 2)
        for place, word in enumerate(struct.unpack_from(f">{count}H", pdu, 6)):
            self.memory[request.unit, address + place] = word
        return pdu[:5]
