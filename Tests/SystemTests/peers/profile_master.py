"""A master on pymodbus that reads a device by its profile alone: profile_master.py PROFILE PORT UNIT

Prints what it reads as one line of JSON by signal.
"""

import json
import sys

from pymodbus.client import ModbusTcpClient

from profile import signals


def read(client, signal, unit):
    ask = {"coil": client.read_coils, "discrete": client.read_discrete_inputs,
           "input": client.read_input_registers, "holding": client.read_holding_registers}
    reply = ask[signal.table](signal.address, count=signal.width, device_id=unit)
    if reply.isError():
        raise SystemExit(f"{signal.name}: {reply}")
    return [int(reply.bits[0])] if signal.format == "bit" else reply.registers


def main():
    profile, port, unit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    client = ModbusTcpClient("127.0.0.1", port=port)
    client.connect()
    _, found = signals(profile)
    shown = {signal.name: signal.decode(read(client, signal, unit))
             for signal in found if not signal.keys.get("write_only")}
    print(json.dumps(shown))


main()
