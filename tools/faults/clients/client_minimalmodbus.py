"""minimalmodbus, which empties its buffers before every request; its port is opened again when it is gone."""

import minimalmodbus
from driver import BAUD, run
from serial import SerialException


class Client:
    def __init__(self, target, timeout):
        self.line = minimalmodbus.Instrument(target.path, 1)
        self.line.serial.baudrate, self.line.serial.timeout = BAUD, timeout

    def read(self, function, unit, address, count):
        self.line.address = unit
        try:
            return self.line.read_registers(address, count, function)
        except (SerialException, OSError) as error:
            # Its own errors are OSErrors too; they leave the port open.
            if not isinstance(error, minimalmodbus.ModbusException):
                self.line.serial.close()
            raise

    def recover(self):
        if not self.line.serial.is_open:
            self.line.serial.open()


run("minimalmodbus", Client)
