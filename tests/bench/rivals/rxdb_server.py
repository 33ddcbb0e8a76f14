"""`python rxdb_server.py PORT DATADIR`: what RxDB's HTTP replication talks to, after its own tutorial, as bare as it can be:
SQLite (WAL, synchronous=FULL), one transaction a batch, conflicts answered. The harness's own wants a compiler; this does not."""

import json
import mimetypes
import os
import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

BENCH = Path(os.environ["SYNCBENCH"])
here = threading.local()


def database() -> sqlite3.Connection:
    if not hasattr(here, "database"):
        here.database = sqlite3.connect(Path(sys.argv[2]) / "d.sqlite", isolation_level=None, timeout=10)
        here.database.executescript("PRAGMA journal_mode=wal; PRAGMA synchronous=full")
    return here.database


def push(rows: list[dict]) -> list[dict]:
    """Store what nobody else has changed; the masters of the others."""
    base, conflicts = database(), []
    base.execute("BEGIN IMMEDIATE")
    for row in rows:
        new, assumed = row["newDocumentState"], row.get("assumedMasterState")
        known = base.execute("SELECT body FROM report WHERE id = ?", (new["id"],)).fetchone()
        if known and json.loads(known[0]) != assumed:
            conflicts.append(json.loads(known[0]))
        else:
            base.execute("INSERT OR REPLACE INTO report VALUES (?, ?)", (new["id"], json.dumps(new)))
    base.execute("COMMIT")
    return conflicts


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/_bench/count":
            self._say(json.dumps({"n": database().execute("SELECT count(*) FROM report").fetchone()[0]}).encode())
        elif path.startswith("/static/") and (file := BENCH / path.removeprefix("/static/")).is_file():
            self._say(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        rows = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._say(json.dumps(push(rows)).encode())

    def _say(self, body: bytes, media_type: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        pass


if __name__ == "__main__":
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    database().execute("CREATE TABLE IF NOT EXISTS report (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID")
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Server).serve_forever()
