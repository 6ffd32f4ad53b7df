"""A Modbus TCP device over bare sockets that can be told to misbehave.

Input register a of every unit holds 1000 + a; nothing true is ever 57005 (0xDEAD), which is what
every false answer carries. Holding registers keep what is written.

Prints `port N` first. Then takes one command a line on standard input and answers with one line:
  be KIND         how to answer from now on, see KINDS
                  backwards: those that came last are answered first; single: of those that came together
                  only the first is answered
                  short: every third answer lacks its last two bytes, and the next one follows at once
  seed N          with `be anything`: draws a kind for every request
  deaf UNIT       this unit alone is silent; `deaf 0` ends it
  mute ADDRESS    reads of a block with this register are not answered; `mute -1` ends it
  stubborn A      writes to this register get exception 4; `stubborn -1` ends it
  undefined A     reads of a block with this register get exception 2; `undefined -1` ends it
  holding A V     what is in a holding register changes by itself
  writes          print every write since the last time as unit:address=value
  counts          print requests and connections so far
  overtaken       print whether an answer was sent before that of an earlier request
  close           stop listening and drop every client
  reopen          listen again on the same port
"""

import random
import select
import socket
import struct
import sys
import time

POISON = 0xDEAD
KINDS = ["well", "silent", "late", "half", "cut", "transaction", "unit", "function", "twice",
         "count", "protocol", "garbage", "split", "busy", "failure", "echo", "dribble",
         "backwards", "single", "short"]


class Device:
    def __init__(self):
        self.kind, self.random = "well", random.Random(1)
        self.deaf, self.mute, self.undefined = 0, -1, -1
        self.stubborn = -1
        self.holding, self.log = {}, []
        self.requests, self.connections = 0, 0
        self.clients, self.waiting = {}, []
        self.order, self.sent, self.overtaken = {}, 0, False
        self.listener, self.port = None, 0
        self.listen()

    def listen(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]

    def run(self):
        print("port", self.port, flush=True)
        while True:
            watched = [sys.stdin, *self.clients] + ([self.listener] if self.listener else [])
            for ready in select.select(watched, [], [], 0.005)[0]:
                if ready is sys.stdin:
                    line = sys.stdin.readline()
                    if not line:
                        return
                    print(self.command(line.split()), flush=True)
                elif ready is self.listener:
                    client = self.listener.accept()[0]
                    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.clients[client] = b""
                    self.connections += 1
                elif ready in self.clients:
                    self.receive(ready)
            now = time.monotonic()
            due = sorted((entry for entry in self.waiting if entry[0] <= now), key=lambda e: e[0])
            self.waiting = [entry for entry in self.waiting if entry[0] > now]
            for _, client, data in due:
                if self.kind == "backwards":
                    number = self.order[data[:2]]
                    self.overtaken |= number < self.sent
                    self.sent = number
                self.send(client, data)

    def command(self, words):
        if words[0] == "be":
            self.kind = words[1]
        elif words[0] == "seed":
            self.random = random.Random(int(words[1]))
        elif words[0] in ("deaf", "mute", "undefined", "stubborn"):
            setattr(self, words[0], int(words[1]))
        elif words[0] == "holding":
            self.holding[int(words[1])] = int(words[2])
        elif words[0] == "writes":
            log, self.log = self.log, []
            return " ".join(log)
        elif words[0] == "overtaken":
            return "true" if self.overtaken else "false"
        elif words[0] == "counts":
            return f"{self.requests} {self.connections}"
        elif words[0] == "close":
            self.listener.close()
            self.listener = None
            for client in list(self.clients):
                self.drop(client)
        elif words[0] == "reopen":
            self.listen()
        return "done"

    def drop(self, client):
        if self.clients.pop(client, None) is not None:
            client.close()

    def send(self, client, data):
        if client in self.clients:
            try:
                client.sendall(data)
            except OSError:
                self.drop(client)

    def receive(self, client):
        try:
            data = client.recv(4096)
        except OSError:
            data = b""
        if not data:
            return self.drop(client)
        self.clients[client] += data
        while client in self.clients:
            data = self.clients[client]
            if len(data) < 6 or len(data) < 6 + struct.unpack(">H", data[4:6])[0]:
                return
            end = 6 + struct.unpack(">H", data[4:6])[0]
            self.clients[client] = data[end:]
            self.requests += 1
            if self.kind == "single":
                self.clients[client] = b""
            self.answer(client, data[:end])

    def body(self, unit, request, poison):
        function, address, number = struct.unpack(">BHH", request[:5])
        if function in (3, 4):
            addresses = range(address, address + number)
            if self.undefined in addresses:
                return bytes([function | 0x80, 2])
            if self.mute in addresses:
                return None
            table = self.holding.get if function == 3 else lambda a, _: (1000 + a) & 0xFFFF
            values = [POISON if poison else table(a, 0) for a in addresses]
            return struct.pack(f">BB{number}H", function, 2 * number, *values)
        if function == 6 and address == self.stubborn:
            return bytes([function | 0x80, 4])
        if function == 6:
            self.holding[address] = number
            self.log.append(f"{unit}:{address}={number}")
            return request[:3] + (struct.pack(">H", POISON) if poison else request[3:5])
        return bytes([function | 0x80, 1])

    def answer(self, client, frame):
        unit, request = frame[6], frame[7:]
        kind = self.random.choice(KINDS) if self.kind == "anything" else self.kind
        if unit == self.deaf or kind == "silent":
            return
        false = kind in ("transaction", "unit", "function", "count", "protocol", "echo")
        body = self.body(unit, request, false and not (kind == "echo" and request[0] != 6))
        if body is None:
            return
        transaction, protocol = struct.unpack(">HH", frame[:4])
        if kind == "transaction":
            transaction ^= 1
        if kind == "unit":
            unit ^= 1
        if kind == "protocol":
            protocol = 7
        if kind == "function":
            body = bytes([body[0] ^ 7]) + body[1:]
        if kind == "count":
            body = body[:1] + bytes([max(body[1] - 2, 0)]) + body[2:-2]
        if kind in ("busy", "failure"):
            body = bytes([request[0] | 0x80, 6 if kind == "busy" else 4])
        if kind == "garbage":
            body = bytes(self.random.randrange(256) for _ in range(3 + self.random.randrange(40)))
            protocol = self.random.randrange(1, 65536)
        data = struct.pack(">HHHB", transaction, protocol, len(body) + 1, unit) + body
        self.put(client, kind, data, transaction)

    def put(self, client, kind, data, transaction):
        now = time.monotonic()
        if kind == "late":
            self.waiting.append((now + 0.3, client, data))
        elif kind in ("half", "cut"):
            self.send(client, data[: len(data) // 2])
            if kind == "cut":
                self.drop(client)
        elif kind == "twice":
            late = data[:9] + b"\xde\xad" * ((len(data) - 9) // 2)
            self.send(client, data + late)
        elif kind == "split":
            self.send(client, data[:8])
            self.waiting.append((now + 0.01, client, data[8:]))
        elif kind == "short":
            self.send(client, data[: len(data) - 2 * (self.requests % 3 == 0)])
        elif kind == "backwards":
            self.order[data[:2]] = self.requests
            self.waiting.append((now + 0.05 - 0.005 * (self.requests % 9), client, data))
        elif kind == "dribble":
            for place in range(len(data)):
                self.waiting.append((now + 0.06 * place, client, data[place : place + 1]))
        else:
            self.send(client, data)


Device().run()
