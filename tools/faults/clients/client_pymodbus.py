"""pymodbus' synchronous client with its own retries, over TCP or RTU; closed and connected after a failure."""

import logging

from driver import BAUD, Failed, run
from pymodbus.client import ModbusSerialClient, ModbusTcpClient


class Client:
    def __init__(self, target, timeout):
        logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
        if target.is_serial:
            self.client = ModbusSerialClient(target.path, baudrate=BAUD, timeout=timeout)
        else:
            self.client = ModbusTcpClient(target.host, port=target.port, timeout=timeout)
        self.client.connect()

    def read(self, function, unit, address, count):
        ask = self.client.read_holding_registers if function == 3 else self.client.read_input_registers
        answer = ask(address, count=count, device_id=unit)
        if answer.isError():
            raise Failed
        return answer.registers

    def recover(self):
        self.client.close()
        self.client.connect()


run("pymodbus", Client)
