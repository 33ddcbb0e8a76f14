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
    the answer does not) · cut_reply:N (reset after N bytes of answer) · cut_request:N (reset after N bytes of what is
    asked) · portal (a hotel's page for whatever is asked) · answer:503:7 (that status, "Retry-After: 7"). `only`: the
    first bytes of the calls that it happens to, if not to all."""

    def __init__(self, to_port: int) -> None:
        self.to_port, self.mode, self.only = to_port, "pass", b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.lengths: list[tuple[int, int]] = []
        """Bytes asked and answered of each call that was of the chosen kind."""
        self._live: set[socket.socket] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._answer_calls, daemon=True).start()

    def be(self, mode: str, only: bytes = b"") -> None:
        """Change the mode; calls that are open end at once."""
        self.mode, self.only = mode, only
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
        mode, asked = self.mode, b""
        if self.only:
            with contextlib.suppress(OSError):
                asked = caller.recv(65536)
            mode = mode if asked.startswith(self.only) else "pass"
        kind, *numbers = mode.split(":")
        if kind == "hang":
            return
        if kind in ("portal", "answer"):
            return self._answer(caller, asked, _stranger(*numbers) if numbers else WELCOME)
        try:
            house = socket.create_connection(("127.0.0.1", self.to_port))
        except OSError:
            return self._reset(caller)
        with self._lock:
            self._live.add(house)
        most = {"cut_reply": (None, 0), "cut_request": (0, None), "lose_reply": (None, -1)}.get(kind, (None, None))
        there, back = (int(numbers[0]) if limit == 0 else limit for limit in most)
        counted: list[int] = [0, 0]
        pumps = (house, caller, back, counted, 1), (caller, house, there, counted, 0)
        threading.Thread(target=self._pump, args=(*pumps[0], b""), daemon=True).start()
        self._pump(*pumps[1], asked)
        if self.only and asked.startswith(self.only):
            self.lengths.append(counted)  # type: ignore[arg-type]

    def _answer(self, caller: socket.socket, asked: bytes, words: bytes) -> None:
        with contextlib.suppress(OSError):
            if not asked:
                caller.recv(65536)
            caller.sendall(words)
            caller.shutdown(socket.SHUT_WR)

    def _pump(
        self, source: socket.socket, goal: socket.socket, left: int | None, counted: list[int], side: int, first: bytes
    ) -> None:
        """Carry bytes until one side ends, or until `left` of them have gone (-1: none of them may)."""
        try:
            while piece := first or source.recv(65536):
                first = b""
                counted[side] += len(piece)
                if left == -1:
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


def _stranger(status: str, wait: str = "0") -> bytes:
    """What something between us and the house says."""
    head = f"HTTP/1.1 {status} Busy\r\nContent-Type: text/html\r\nContent-Length: 0\r\nRetry-After: {wait}\r\nConnection: close\r\n\r\n"
    return head.encode()
