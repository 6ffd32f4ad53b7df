"""uModbus, which leaves socket and port to its user: both are closed and opened after a failure."""

import socket

from driver import BAUD, run
from serial import Serial
from umodbus.client import tcp
from umodbus.client.serial import rtu


class Client:
    def __init__(self, target, timeout):
        self.target, self.timeout = target, timeout
        self.library = rtu if target.is_serial else tcp
        self.line = None
        self.recover()

    def read(self, function, unit, address, count):
        ask = self.library.read_holding_registers if function == 3 else self.library.read_input_registers
        return self.library.send_message(ask(unit, address, count), self.line)

    def recover(self):
        if self.line:
            self.line.close()
        if self.target.is_serial:
            self.line = Serial(self.target.path, BAUD, timeout=self.timeout)
        else:
            self.line = socket.create_connection((self.target.host, self.target.port), self.timeout)


run("uModbus", Client)
