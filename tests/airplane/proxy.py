"""A line that breaks as lines do: a TCP proxy on this machine between a browser and the app."""

import contextlib
import socket
import struct
import threading

PORTAL = b"<!doctype html><title>Free Wi-Fi</title><p>Welcome! Tap to accept."
WELCOME = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(PORTAL)
    + PORTAL
)


class Line:
    """Modes: pass · refuse (reset when called) · hang (takes the call, says nothing) · lose_reply (the request arrives,
    the answer does not) · cut_reply:N (reset after N bytes of answer) · portal (a hotel's page for whatever is asked)."""

    def __init__(self, to_port: int) -> None:
        self.to_port, self.mode = to_port, "pass"
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._answer_calls, daemon=True).start()

    def be(self, mode: str) -> None:
        """Change the mode; calls that are open end at once."""
        self.mode = mode
        with self._lock:
            open_calls = list(self._live)
            self._live.clear()
        for call in open_calls:
            self._reset(call)

    def close(self) -> None:
        self.be("refuse")
        self.listener.close()

    def _reset(self, call: socket.socket) -> None:
        with contextlib.suppress(OSError):
            call.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            call.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            call.close()

    def _answer_calls(self) -> None:
        while True:
            try:
                caller, _address = self.listener.accept()
            except OSError:
                return
            if self.mode == "refuse":
                self._reset(caller)
            else:
                threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        with self._lock:
            self._live.add(caller)
        if self.mode == "hang":
            return
        if self.mode == "portal":
            with contextlib.suppress(OSError):
                caller.recv(65536)
                caller.sendall(WELCOME)
                caller.shutdown(socket.SHUT_WR)
            return
        try:
            house = socket.create_connection(("127.0.0.1", self.to_port))
        except OSError:
            return self._reset(caller)
        with self._lock:
            self._live.add(house)
        threading.Thread(target=self._pump, args=(house, caller, True), daemon=True).start()
        self._pump(caller, house, False)

    def _pump(self, source: socket.socket, goal: socket.socket, is_reply: bool) -> None:
        left = int(self.mode.split(":")[1]) if is_reply and self.mode.startswith("cut_reply") else None
        try:
            while piece := source.recv(65536):
                if self.mode == "hang":
                    continue
                if is_reply and self.mode == "lose_reply":
                    break
                goal.sendall(piece if left is None else piece[:left])
                if left is not None:
                    left -= len(piece)
                    if left <= 0:
                        break
            else:
                with contextlib.suppress(OSError):
                    goal.shutdown(socket.SHUT_WR)
                return
        except OSError:
            pass
        self._reset(source)
        self._reset(goal)
