"""A device on pymodbus, written from a register map alone.

Prints `port N` first. Then takes one command a line on standard input:
  set TABLE ADDRESS VALUE    another master, pymodbus too, writes this
  get TABLE ADDRESS          what another master reads there
"""

import asyncio
import sys

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

UNIT = 7
COILS = {0: False, 1: False}
DISCRETE = {0: True, 1: False, 2: True, 17: True}
# 10 is missing: a device that does not know one register of a block refuses the block.
INPUT = {0: 215, 1: 65486, 2: 0x4248, 3: 0xF5C3, 4: 0xF5C3, 5: 0x4248, 6: 1, 7: 34464,
         8: 0b100, 9: 0x8000, 11: 4711, 12: 0xFFFF}
HOLDING = {0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0}


def bits(table):
    last = max(table)
    values = [table.get(address, False) for address in range(last + 1)]
    return [SimData(0, values=values, datatype=DataType.BITS)]


def words(table):
    return [SimData(address, values=value, datatype=DataType.REGISTERS)
            for address, value in sorted(table.items())]


async def command(client, line):
    verb, table, address, *rest = line.split()
    address = int(address)
    if verb == "set":
        if table == "coil":
            await client.write_coil(address, rest[0] == "1", device_id=UNIT)
        else:
            await client.write_register(address, int(rest[0]), device_id=UNIT)
        return "done"
    if table == "coil":
        return int((await client.read_coils(address, count=1, device_id=UNIT)).bits[0])
    return (await client.read_holding_registers(address, count=1, device_id=UNIT)).registers[0]


async def main():
    device = SimDevice(UNIT, simdata=(bits(COILS), bits(DISCRETE), words(HOLDING), words(INPUT)))
    server = ModbusTcpServer(device, address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    port = server.transport.sockets[0].getsockname()[1]
    client = AsyncModbusTcpClient("127.0.0.1", port=port)
    await client.connect()
    print("port", port, flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(await command(client, line), flush=True)


asyncio.run(main())
