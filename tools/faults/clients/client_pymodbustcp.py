"""pyModbusTCP, which opens its connection when it needs one and closes it after a failure by itself."""

from driver import Failed, run
from pyModbusTCP.client import ModbusClient


class Client:
    def __init__(self, target, timeout):
        self.client = ModbusClient(host=target.host, port=target.port, timeout=timeout)

    def read(self, function, unit, address, count):
        self.client.unit_id = unit
        ask = self.client.read_holding_registers if function == 3 else self.client.read_input_registers
        words = ask(address, count)
        if words is None:
            raise Failed
        return words

    def recover(self):
        pass


run("pyModbusTCP", Client)
