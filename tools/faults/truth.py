"""What every register of the fault server holds at an instant: see README.md, "The truth"."""

import time

MASK = (1 << 64) - 1
# Registers from here on are halves of 32-bit values, high word at the even address.
PAIRS = 1000
# Holding registers from here on keep what is written; nothing is true of them.
MEMORY = 0xC000


def now():
    """The tick of this instant: milliseconds of the monotonic clock, common to all programs of a machine."""
    return time.monotonic_ns() // 1_000_000


def mix(key):
    """The finaliser of splitmix64."""
    z = key + 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def value(unit, address, tick):
    """The word that register `address` of `unit` holds during `tick`."""
    if address < PAIRS:
        return mix(unit << 56 | address << 40 | tick & 0xFFFFFFFFFF) & 0xFFFF
    both = mix(unit << 56 | (address & 0xFFFE) << 40 | tick & 0xFFFFFFFFFF)
    return both & 0xFFFF if address & 1 else both >> 16 & 0xFFFF


def judge(unit, address, words, first, last):
    """How many of the words of one answer were not true at any tick from `first` to `last`, and whether
    they were all true at one same tick."""
    ticks = range(first, last + 1)
    wrong = sum(all(value(unit, address + i, t) != word for t in ticks) for i, word in enumerate(words))
    whole = not wrong and any(all(value(unit, address + i, t) == w for i, w in enumerate(words)) for t in ticks)
    return wrong, whole
