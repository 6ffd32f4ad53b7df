"""Two devices on pymodbus, units 1 and 2, that can refuse as they do while they boot.

Input register a holds 1000 + a, holding registers 50 and 51 keep what is written. Prints `port N`
first. Then takes one command a line on standard input and answers with one line:
  refuse A B      every read that touches input registers A to B gets exception 2; `refuse 0 -1` ends it
  boot            every request gets exception 2
  run             as it should
  requests        print the requests since the last time
"""

import asyncio
import sys

from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

state = {"boots": False, "refused": range(0), "requests": 0}


async def act(function, start, address, count, registers, values):
    state["requests"] += 1
    touched = range(address, address + count)
    if state["boots"] or (function == 4 and any(a in state["refused"] for a in touched)):
        return ExcCodes.ILLEGAL_ADDRESS
    return None


def device(unit):
    words = [SimData(0, values=[1000 + a for a in range(80)], datatype=DataType.REGISTERS)]
    held = [SimData(0, values=[0] * 80, datatype=DataType.REGISTERS)]
    bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
    return SimDevice(unit, simdata=(bits, bits, held, words), action=act)


def command(words):
    if words[0] == "refuse":
        state["refused"] = range(int(words[1]), int(words[2]) + 1)
    if words[0] in ("boot", "run"):
        state["boots"] = words[0] == "boot"
    count, state["requests"] = state["requests"], 0
    return count


async def main():
    server = ModbusTcpServer([device(1), device(2)], address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    print("port", server.transport.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(command(line.split()), flush=True)


asyncio.run(main())
