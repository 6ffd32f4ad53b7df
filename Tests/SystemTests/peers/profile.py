"""A device profile as another reads it: from the YAML alone, with nothing of ours."""

import struct

import yaml

WIDTHS = {"u16": 1, "i16": 1, "bcd16": 1, "u32": 2, "i32": 2, "f32": 2, "bcd32": 2,
          "u64": 4, "i64": 4, "f64": 4, "bit": 1}
CODES = {"u16": "H", "i16": "h", "u32": "I", "i32": "i", "f32": "f", "u64": "Q", "i64": "q",
         "f64": "d"}


def filled(value, variables):
    """The value with `${name}` replaced."""
    if isinstance(value, dict):
        return {key: filled(entry, variables) for key, entry in value.items()}
    if isinstance(value, list):
        return [filled(entry, variables) for entry in value]
    if isinstance(value, str):
        for name, figure in variables.items():
            if value == "${" + name + "}":
                return figure
    return value


class Signal:
    def __init__(self, name, keys, channel=None):
        self.name = name if channel is None else f"{name}-{channel + 1}"
        self.keys = keys
        self.table = keys["table"]
        bits = self.table in ("coil", "discrete")
        self.format = keys.get("format", "bit" if bits else "u16")
        self.width = WIDTHS[self.format]
        self.address = keys["address"] + (channel or 0) * self.width
        self.is_output = keys["direction"] == "output"
        if "full_scale" in keys:
            self.scale = keys["full_scale"] / keys["full_scale_raw"]
        else:
            self.scale = keys.get("scale", 1)
        self.offset = keys.get("offset", 0)

    def order(self, words):
        order = self.keys.get("word_order", "ABCD")
        if self.width > 1 and order in ("CDAB", "DCBA"):
            words = words[::-1]
        if self.width > 1 and order in ("BADC", "DCBA"):
            words = [(word >> 8) | (word & 0xFF) << 8 for word in words]
        return words

    def encode(self, value):
        """The words that say a number."""
        if "words" in self.keys:
            return [self.keys["words"][1 if value else 0]]
        number = (value - self.offset) / self.scale
        if self.format == "bit":
            return [1 if number else 0]
        if self.format not in ("f32", "f64"):
            number = round(number)
        packed = struct.pack(">" + CODES[self.format], number)
        return self.order(list(struct.unpack(f">{self.width}H", packed)))

    def decode(self, words):
        """The number that words say; None for "no value"."""
        packed = struct.pack(f">{self.width}H", *self.order(words))
        raw = int.from_bytes(packed, "big")
        if raw in self.keys.get("no_value", []):
            return None
        if "words" in self.keys:
            return self.keys["words"].index(raw) if raw in self.keys["words"] else None
        if "bit" in self.keys:
            return raw >> self.keys["bit"] & 1
        mask = self.keys.get("mask")
        if mask:
            raw = (raw & mask) // (mask & -mask)
        if "one_of" in self.keys:
            return int(raw in self.keys["one_of"])
        if "none_of" in self.keys:
            return int(raw not in self.keys["none_of"])
        if mask:
            return raw * self.scale + self.offset
        if self.format == "bit":
            return raw
        return struct.unpack(">" + CODES[self.format], packed)[0] * self.scale + self.offset


def signals(path):
    """Every signal of the one type in a profile."""
    with open(path, encoding="utf-8") as file:
        document = yaml.safe_load(file)
    document = filled(document, document.get("variables", {}))
    (kind,) = document["device_types"].values()
    found = []
    for name, keys in kind["signals"].items():
        count = keys.get("count")
        found += [Signal(name, keys)] if count is None else [
            Signal(name, keys, channel) for channel in range(count)]
    return kind, found
