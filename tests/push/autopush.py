"""Mozilla's push service in small: a browser holds a WebSocket to it and subscribes there, the house posts to the address
that it gave out, and what came is handed through as it is: only the browser can unseal it."""

import asyncio
import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.push.service import claims_of


class Autopush:
    """`got`: {"claims", "body", "topic"} of each push that was let through."""

    def __init__(self, public_key: str) -> None:
        self.public_key, self.got, self.port = public_key, list[dict[str, Any]](), 0
        self._channels: set[str] = set()
        self._browser: web.WebSocketResponse | None = None
        self._loop, self._begun = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._begun.wait()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._open())
        self._begun.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _open(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/", self._listen)
        app.router.add_post("/push/{channel}", self._take)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        return runner

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        self._browser = browser = web.WebSocketResponse(protocols=("push-notification",))
        await browser.prepare(request)
        async for message in browser:
            if message.type == WSMsgType.TEXT and (answer := self._answer(message.json())) is not None:
                await browser.send_json(answer)
        return browser

    def _answer(self, said: dict[str, Any]) -> dict[str, Any] | None:
        kind, channel = said.get("messageType"), said.get("channelID", "")
        known = {"messageType": kind, "status": 200, "channelID": channel}
        if kind == "hello":
            return {"messageType": kind, "status": 200, "uaid": said.get("uaid") or uuid4().hex, "use_webpush": True}
        if kind == "register":
            self._channels.add(channel)
            return {**known, "pushEndpoint": f"http://127.0.0.1:{self.port}/push/{channel}"}
        if kind == "unregister":
            self._channels.discard(channel)
            return known
        return {} if kind is None else None

    async def _take(self, request: web.Request) -> web.Response:
        channel, body = request.match_info["channel"], await request.read()
        if channel not in self._channels or self._browser is None:
            return web.Response(status=410)
        claims = claims_of(request.headers["Authorization"], self.public_key)
        self.got.append({"claims": claims, "body": body, "topic": request.headers["Topic"]})
        sealed = {"data": base64.urlsafe_b64encode(body).rstrip(b"=").decode(), "headers": {"encoding": "aes128gcm"}}
        note = {"messageType": "notification", "channelID": channel, "version": uuid4().hex}
        await self._browser.send_json({**note, **sealed})
        return web.Response(status=201)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@contextmanager
def running(public_key: str) -> Iterator[Autopush]:
    service = Autopush(public_key)
    try:
        yield service
    finally:
        service.close()
