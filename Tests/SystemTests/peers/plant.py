"""The devices of the sports centre on pymodbus, their registers written by hand from the register maps.

Argument: the ports of the buses drives, units and field. Prints `port N` when all listen; ends when
its standard input does. What is not named below holds 0. Takes one command a line on its standard
input:
  boot            every request of every device gets exception 2
  run             as it should
  refuse A        every read of the sensors that touches input register A gets exception 2
"""

import asyncio
import sys

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

# input registers of a device, by address
DRIVE = {0: 0b100, 1: 0, 2: 0}
UNIT = {0: 0b100, 1: 0, 2: 0, 3: 1850, 4: 1210, 5: 2000, 6: 2000}
# 0x42C90000 is 100.5, 0xC1480000 is −12.5; 0x000186A0 is 100 000.
HEAT = {0: 0x42C9, 1: 0x0000, 2: 0xC148, 3: 0x0000, 4: 0x0001, 5: 0x86A0}
# power at 52 as ABCD, 0x3FC00000 is 1.5; energy at 72 as CDAB in tenths: 0x000186A1 is 10 000.1.
ELECTRICITY = {52: 0x3FC0, 53: 0x0000, 72: 0x86A1, 73: 0x0001}
# −3.25 °C outdoors; no value for the DHW tank's middle; the pool's exchanger at 250 °C.
SENSORS = {0: 1234, 1: 900, 2: 2504, 3: 0, 4: 0, 5: 4021, 6: 4500, 7: 2581, 8: 0, 9: 0,
           10: 4400, 11: 4650, 12: 2004, 13: 0, 14: 0, 15: 65536 - 325, 16: 2150, 17: 4655,
           18: 32767, 19: 2745, 20: 25000, 21: 0, 22: 1500, 23: 0, 24: 2500, 25: 1, 26: 0}
# Row `winter` of the main block: V1, V3, V5, V7 open; row `ground` of the other: V9, V10 open.
OPENED_1 = {0, 2, 4, 6}
OPENED_2 = {0, 1}


state = {"boots": False, "refused": -1}


async def act(function, start, address, count, registers, values):
    return ExcCodes.ILLEGAL_ADDRESS if state["boots"] else None


async def act_as_sensors(function, start, address, count, registers, values):
    refused = function == 4 and state["refused"] in range(address, address + count)
    return ExcCodes.ILLEGAL_ADDRESS if refused or state["boots"] else None


def words(table, last):
    return [SimData(0, values=[table.get(a, 0) for a in range(last + 1)],
                    datatype=DataType.REGISTERS)]


def bits(true, count):
    return [SimData(0, values=[a in true for a in range(count)], datatype=DataType.BITS)]


def device(unit, inputs, discrete=frozenset(), coils=2, action=act):
    last = max(inputs, default=0)
    return SimDevice(unit, simdata=(bits(frozenset(), coils), bits(discrete, 24),
                                    words({}, 1), words(inputs, last)), action=action)


def valves(unit, opened):
    """End switches of eight valves: opened from 0, closed from 16; every valve shows one of them."""
    closed = {16 + channel for channel in range(8) if channel not in opened}
    return device(unit, {}, frozenset(opened | closed), coils=24)


async def main():
    buses = [
        [device(unit, DRIVE) for unit in range(1, 17)],
        [device(unit, UNIT) for unit in range(1, 8)],
        [valves(1, OPENED_1), valves(2, OPENED_2), valves(3, set()), valves(4, set()),
         device(5, SENSORS, {0}, coils=3, action=act_as_sensors), *[device(unit, HEAT) for unit in (11, 12, 13)],
         *[device(unit, ELECTRICITY) for unit in (21, 22)]],
    ]
    servers = []
    for devices, port in zip(buses, sys.argv[1:]):
        server = ModbusTcpServer(devices, address=("127.0.0.1", int(port)))
        await server.serve_forever(background=True)
        servers.append(server)
    print("port", sys.argv[1], flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        word, *rest = line.split()
        if word == "refuse":
            state["refused"] = int(rest[0])
        else:
            state["boots"] = word == "boot"


asyncio.run(main())
