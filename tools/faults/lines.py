"""The lines that the fault server answers on, and the loop that serves those of one process."""

import collections
import heapq
import itertools
import os
import select
import socket
import time
import tty

from frames import Station, take_rtu, take_tcp
from mischief import HANG_UP

CHARACTER_BITS = 11


class Loop:
    """Waits for files and for instants."""

    def __init__(self):
        self.poll, self.files, self.heap = select.epoll(), {}, []
        self.number, self.is_over = itertools.count(), False

    def watch(self, file, act):
        self.files[file] = act
        self.poll.register(file, select.EPOLLIN)

    def forget(self, file):
        self.poll.unregister(file)
        del self.files[file]

    def at(self, when, act, *arguments):
        heapq.heappush(self.heap, (when, next(self.number), act, arguments))

    def run(self):
        heap = self.heap
        while not self.is_over:
            wait = max(0.0, heap[0][0] - time.monotonic()) if heap else None
            for file, _ in self.poll.poll(wait):
                act = self.files.get(file)
                if act:
                    act()
            instant = time.monotonic()
            while heap and heap[0][0] <= instant:
                _, _, act, arguments = heapq.heappop(heap)
                act(*arguments)


class Wire:
    """One stream of requests and what is owed on it: a TCP connection or a serial line."""

    def __init__(self, loop, line, take):
        self.loop, self.line, self.take = loop, line, take
        self.buffer, self.held, self.is_open = bytearray(), [], True

    def receive(self, data):
        self.buffer += data
        while self.is_open:
            request, length = self.take(self.buffer)
            if not length and request is None and self.take is take_tcp:
                return self.hang_up()
            if request is None:
                if self.take is take_rtu:
                    del self.buffer[:length]
                return None
            del self.buffer[:length]
            self.arrived(request, length)

    def arrived(self, request, length):
        self.answer(request)

    def answer(self, request):
        if not self.is_open:
            return
        instant = time.monotonic()
        sent, held = self.line.mischief.answer(request, self.line.station, instant)
        if self.held:
            due = [h for h in self.held if h.earliest <= instant]
            self.held = [h for h in self.held if h.earliest > instant]
            first = b"".join(h.data for h in due if h.is_first)
            last = b"".join(h.data for h in due if not h.is_first)
            if sent and sent[0][0] == 0 and sent[0][1]:
                sent[0] = 0, first + sent[0][1] + last
            elif first or last:
                sent.insert(0, (0, first + last))
        if held:
            self.held.append(held)
            self.loop.at(held.latest, self.release, held)
        for delay, data in sent:
            if delay:
                self.loop.at(instant + delay, self.do, data)
            else:
                self.do(data)

    def release(self, held):
        if held in self.held:
            self.held.remove(held)
            self.do(held.data)

    def do(self, data):
        if not self.is_open:
            return
        if data is HANG_UP:
            self.hang_up()
        else:
            self.send(data)


class Connection(Wire):
    """One TCP connection; its end takes with it what was owed."""

    def __init__(self, loop, line, peer):
        super().__init__(loop, line, take_tcp)
        self.socket = peer
        peer.setblocking(False)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        loop.watch(peer.fileno(), self.ready)

    def ready(self):
        try:
            data = self.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.receive(data)
        else:
            self.hang_up()

    def send(self, data):
        try:
            if self.socket.send(data) < len(data):
                self.hang_up()
        except OSError:
            self.hang_up()

    def hang_up(self):
        if self.is_open:
            self.is_open = False
            self.loop.forget(self.socket.fileno())
            self.socket.close()


class Port:
    """One TCP port: a gateway with all its devices."""

    def __init__(self, loop, listener, mischief):
        self.loop, self.listener, self.mischief, self.station = loop, listener, mischief, Station()
        listener.setblocking(False)
        loop.watch(listener.fileno(), self.ready)

    def ready(self):
        try:
            Connection(self.loop, self, self.listener.accept()[0])
        except OSError:
            pass


class Serial(Wire):
    """One serial line: a pseudo-terminal under a name of its own, its adapter pulled and put in again."""

    AWAY_SECONDS = 0.02
    SILENCE_SECONDS = 0.02

    def __init__(self, loop, path, mischief):
        super().__init__(loop, self, take_rtu)
        self.path, self.mischief, self.station = path, mischief, Station()
        self.character = mischief.character
        self.queue, self.is_sending = collections.deque(), False
        # When the next byte may be sent, a request be heard; and when something was heard last.
        self.free, self.quiet, self.heard = 0.0, 0.0, 0.0
        self.plug()

    def plug(self):
        # The terminal's end stays open here too, so that a client's closing it does not end the line.
        self.file, self.terminal = os.openpty()
        tty.setraw(self.terminal)
        os.set_blocking(self.file, False)
        self.unlink()
        os.symlink(os.ttyname(self.terminal), self.path)
        self.buffer, self.held, self.is_open = bytearray(), [], True
        self.loop.watch(self.file, self.ready)

    def unlink(self):
        if os.path.islink(self.path):
            os.unlink(self.path)

    def hang_up(self):
        self.is_open = False
        self.loop.forget(self.file)
        self.unlink()
        os.close(self.file)
        os.close(self.terminal)
        self.queue.clear()
        self.loop.at(time.monotonic() + self.AWAY_SECONDS, self.plug)

    def ready(self):
        instant = time.monotonic()
        # A request comes in one piece: what was left long ago belongs to none.
        if instant - self.heard > self.SILENCE_SECONDS:
            self.buffer.clear()
        self.heard = instant
        try:
            self.receive(os.read(self.file, 4096))
        except OSError:
            pass

    def arrived(self, request, length):
        if not self.character:
            return self.answer(request)
        # Who speaks into an answer or another request is not heard.
        instant = time.monotonic()
        if self.queue or instant < self.quiet:
            return None
        # The last byte of a request comes when all of them have gone over the wire.
        self.quiet = instant + length * self.character
        self.loop.at(self.quiet, self.answer, request)

    def send(self, data):
        if not self.character:
            return self.put(data)
        if not self.queue:
            self.free = max(self.free, time.monotonic())
        self.queue.extend(data)
        if not self.is_sending:
            self.is_sending = True
            self.loop.at(self.free + self.character, self.step)

    def step(self):
        """Sends the bytes that are due."""
        due, instant = bytearray(), time.monotonic()
        while self.queue and self.free + self.character <= instant:
            due.append(self.queue.popleft())
            self.free += self.character
        if due:
            self.put(bytes(due))
        self.is_sending = bool(self.queue)
        if self.is_sending:
            self.loop.at(self.free + self.character, self.step)

    def put(self, data):
        try:
            os.write(self.file, data)
        except BlockingIOError:
            # Nobody reads: lost, as on a wire.
            pass
