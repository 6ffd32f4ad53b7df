"""A device on pymodbus, written from a profile alone: profile_device.py PROFILE UNIT

Prints `port N`, then the values that it shows as one line of JSON by signal, and serves until its input ends.
"""

import asyncio
import json
import sys

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from profile import signals

ON = ("running", "remote", "measuring", "heating-possible")


def number(signal, place):
    """What such a signal shows in service, differing from one to the next."""
    name, unit = signal.name, signal.keys["unit"]
    if "voltage" in name:
        return 562 if name == "bus-voltage" else 233 + place % 3
    if name == "mains-frequency":
        return 49.9
    if name.startswith("speed-command") or name == "frequency":
        return 30
    wanted = {"celsius": 14 + 1.5 * place, "kilowatts": 3.25, "kilowatt_hours": 1234.5 + place,
              "cubic_meters_per_hour": 0.42, "fraction": 0.25, "hours": 77, "hertz": 51,
              "cubic_meters": 641, "count": 3}[unit]
    if name == "sound-speed":
        wanted = 1466
    if name == "transit-ratio":
        wanted = 99.5
    return min(max(wanted, signal.keys.get("min", wanted)), signal.keys.get("max", wanted))


def state(signal, is_on, word):
    """A word with one two-state signal of it put in."""
    if "bit" in signal.keys:
        bit = 1 << signal.keys["bit"]
        return word | bit if is_on else word & ~bit
    mask = signal.keys.get("mask", 0xFFFF)
    step = mask & -mask
    known = signal.keys.get("one_of", signal.keys.get("none_of", []))
    if ("one_of" in signal.keys) == is_on:
        part = known[0]
    else:
        part = next(part for part in range(256) if part not in known)
    return word & ~mask | part * step


def registers(found):
    """What stands in each table."""
    tables = {"coil": {}, "discrete": {}, "input": {}, "holding": {}}
    for place, signal in enumerate(found):
        own = tables[signal.table]
        is_state = signal.keys["unit"] == "digital"
        if is_state and signal.format != "bit" and not signal.is_output:
            word = own.get(signal.address, 0)
            own[signal.address] = state(signal, signal.name in ON, word)
        elif signal.keys["unit"] == "count" and signal.name.endswith(("word", "code", "quality")):
            own.setdefault(signal.address, 0)
        else:
            value = (signal.name in ON or place % 2) if is_state else number(signal, place)
            for offset, word in enumerate(signal.encode(value)):
                own[signal.address + offset] = word
    return tables


def fill(table, gap):
    """What stands between wanted registers that are read along."""
    known = sorted(table)
    for low, high in zip(known, known[1:]):
        if high - low - 1 <= gap:
            for address in range(low + 1, high):
                table[address] = 0


def bits(table):
    values = [bool(table.get(address)) for address in range(max(table, default=0) + 1)]
    return [SimData(0, values=values, datatype=DataType.BITS)]


def words(table):
    return [SimData(address, values=word, datatype=DataType.REGISTERS)
            for address, word in sorted(table.items())] or [
                SimData(65535, values=0, datatype=DataType.REGISTERS)]


async def main():
    kind, found = signals(sys.argv[1])
    tables = registers(found)
    for table in ("input", "holding"):
        fill(tables[table], kind.get("merge_gap_registers", 8))
    device = SimDevice(int(sys.argv[2]), simdata=(
        bits(tables["coil"]), bits(tables["discrete"]), words(tables["holding"]),
        words(tables["input"])))
    server = ModbusTcpServer(device, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    print("port", server.transport.sockets[0].getsockname()[1], flush=True)
    shown = {signal.name: signal.decode([
        tables[signal.table][signal.address + offset] for offset in range(signal.width)])
        for signal in found if not signal.keys.get("write_only")}
    print(json.dumps(shown), flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        pass


asyncio.run(main())
