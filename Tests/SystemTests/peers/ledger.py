"""Writes a ledger of its own into a state file, with Python's SHA-256 and SQLite: so many hours of one meter."""

import datetime
import hashlib
import sqlite3
import sys

path, hours = sys.argv[1], int(sys.argv[2])
begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
state = sqlite3.connect(path)
state.execute(
    "CREATE TABLE ledger (number INTEGER PRIMARY KEY, time_milliseconds INTEGER NOT NULL,"
    " line TEXT NOT NULL)"
)
before = ""
for number in range(hours + 1):
    start, end = (begin + datetime.timedelta(hours=number + more) for more in (-1, 0))
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    if number == 0:
        body = f"0 {end.strftime(stamp)} head Sports centre"
    else:
        first = 1000 * number
        body = (
            f"{number} {end.strftime(stamp)} hour ground-water made-up class=2 good"
            f" from={start.strftime(stamp)} first={first} last={first + 1000} litres=1000"
        )
    before = hashlib.sha256((before + body).encode()).hexdigest()
    row = (number, int(end.timestamp() * 1000), f"{body} {before}")
    state.execute("INSERT INTO ledger VALUES (?, ?, ?)", row)
state.commit()
