"""The other channels against robots of our own: the same kinds and hours, and no secret in any line."""

import json
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from apprise.plugins import dingtalk, feishu, wecombot
from sqlalchemy import select

from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.push.models import Channel, Delivery, Wishes

KEYS = {
    "wecom": "693a91f6-7bdc-4bc4-97a0-0ec2sifa5aaa",
    "dingtalk": "566cc69da782ec54d9",
    "feishu": "0aabbccd-1234-5678-9abc-def012345678",
}
FINE = {"errcode": 0, "errmsg": "ok", "code": 0, "StatusCode": 0}


@pytest.fixture
def receiver(monkeypatch):
    """What the three services would be, on this machine; `got` is what they were told."""
    got, said = [], dict(FINE)

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, json.loads(body)))
            answer = json.dumps(said).encode()
            self.send_response(said.get("status", 200))
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(wecombot.NotifyWeComBot, "notify_url", base + "/wecom?key={key}")
    monkeypatch.setattr(dingtalk.NotifyDingTalk, "notify_url", base + "/dingtalk?access_token={token}")
    monkeypatch.setattr(feishu.NotifyFeishu, "notify_url", base + "/feishu/{token}/")
    yield got, said
    server.shutdown()
    server.server_close()


def add(admin, user, kind, key, **more):
    fields = {"submission_id": new_id(), "kind": kind, "name": "苏州群", "key": key, **more}
    return admin.post(f"/users/{user.id}/channels", data=fields)


@pytest.mark.parametrize("kind", KEYS)
def test_a_robot_says_what_came_and_names_nobody(cast, client_of, tell, receiver, kind, caplog, capfd):
    got, _said = receiver
    caplog.set_level(0)
    assert add(client_of(cast.admin), cast.zhou, kind, KEYS[kind]).status_code == 303
    tell("complaint", cast.zhou, title="恒润纺机", text="轴承异响", by=cast.lin)

    ((path, body),) = got
    words = json.dumps(body, ensure_ascii=False)
    assert KEYS[kind] in path and "客诉" in words and "恒润" not in words and "异响" not in words
    assert db.session.scalar(select(Delivery.state)) == "sent"
    shown = capfd.readouterr()
    assert KEYS[kind] not in caplog.text + shown.out + shown.err


def test_a_whole_address_may_be_pasted_and_a_secret_signs(cast, client_of, tell, receiver):
    got, _said = receiver
    admin = client_of(cast.admin)
    whole = f"https://oapi.dingtalk.com/robot/send?access_token={KEYS['dingtalk']}"
    add(admin, cast.zhou, "dingtalk", whole, signing="SEC0123456789abcdef0123")
    tell("complaint", cast.zhou)
    assert f"access_token={KEYS['dingtalk']}" in got[0][0] and "sign=" in got[0][0] and "SEC0123" not in got[0][0]


def test_the_key_lies_sealed_in_the_database_and_is_never_shown_again(cast, client_of):
    admin = client_of(cast.admin)
    add(admin, cast.zhou, "wecom", KEYS["wecom"])
    assert KEYS["wecom"] not in db.session.scalar(select(Channel.sealed))
    assert KEYS["wecom"] not in admin.get(f"/users/{cast.zhou.id}/channels").text
    assert db.session.scalar(select(Channel)).secret == KEYS["wecom"]


def test_with_another_key_of_the_house_the_seal_does_not_open(app, cast, client_of, receiver, tell, monkeypatch):
    add(client_of(cast.admin), cast.zhou, "wecom", KEYS["wecom"])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    tell("complaint", cast.zhou)
    assert db.session.execute(select(Delivery.state, Delivery.outcome)).one() == ("failed", "key")


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("wecom", "https://evil.example/cgi-bin/webhook/send?key=693a91f6-7bdc-4bc4-97a0"),
        ("wecom", "693a91f6/../../x?y"),
        ("dingtalk", "短"),
        ("feishu", "http://open.feishu.cn/open-apis/bot/v2/hook/0aabbccd-1234-5678"),
        ("mail", "zhou@example.com"),
        ("mail", "not a mail"),
    ],
)
def test_what_is_no_robot_is_refused_and_kept_as_typed(cast, client_of, kind, key):
    answer = add(client_of(cast.admin), cast.zhou, kind, key)
    assert answer.status_code == 422 and db.session.scalar(select(Channel)) is None
    assert "苏州群" in answer.text


def test_what_the_robot_refuses_is_tried_again_and_said_to_the_admin(cast, client_of, tell, receiver, wait):
    _got, said = receiver
    admin = client_of(cast.admin)
    add(admin, cast.zhou, "wecom", KEYS["wecom"])
    said["status"] = 500
    tell("complaint", cast.zhou)
    assert "对方没收" in admin.get(f"/users/{cast.zhou.id}/channels").text
    said.pop("status")
    wait(minutes=2)
    assert db.session.execute(select(Delivery.state, Delivery.tries)).one() == ("sent", 2)
    assert "送到了" in admin.get(f"/users/{cast.zhou.id}/channels").text


def test_the_same_quiet_hours_and_switches(cast, client_of, tell, receiver, wait):
    got, _said = receiver
    add(client_of(cast.admin), cast.zhou, "wecom", KEYS["wecom"])
    with gate.transaction():
        Wishes.of(cast.zhou.id).keep(["plan"], "22:00", "07:00")
    tell("plan", cast.zhou)
    wait(hours=13)
    tell("report", cast.zhou)
    assert got == []
    wait(hours=8, minutes=1)
    assert len(got) == 1


def test_an_admin_tries_it_and_takes_it_away(cast, client_of, receiver):
    got, _said = receiver
    admin = client_of(cast.admin)
    add(admin, cast.zhou, "feishu", KEYS["feishu"])
    channel = db.session.scalar(select(Channel.id))
    assert admin.post(f"/users/{cast.zhou.id}/channels/{channel}/trial").status_code == 303
    assert "试一下" in json.dumps(got[0][1], ensure_ascii=False)
    assert admin.post(f"/users/{cast.lin.id}/channels/{channel}/removal").status_code == 404
    assert admin.post(f"/users/{cast.zhou.id}/channels/{channel}/removal").status_code == 303
    assert db.session.scalar(select(Channel)) is None


def test_mail_by_the_house_s_own_server(app, cast, client_of, tell, monkeypatch):
    with post_office() as (port, letters):
        url = f"mailto://127.0.0.1:{port}?from=doorstep@example.com&mode=insecure"
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_url=url))
        assert add(client_of(cast.admin), cast.zhou, "mail", "zhou@example.com").status_code == 303
        tell("complaint", cast.zhou, title="恒润纺机")
    assert db.session.execute(select(Delivery.state, Delivery.outcome)).one() == ("sent", "sent")
    (letter,) = letters
    words = message_from_string(letter).as_string() + base64_parts(letter)
    assert "zhou@example.com" in words and "客诉" in words and "恒润" not in words


def base64_parts(letter):
    parts = message_from_string(letter).walk()
    return "".join((part.get_payload(decode=True) or b"").decode(errors="replace") for part in parts)


@contextmanager
def post_office():
    """The least that a mail server has to say."""
    letters = []

    class Office(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                if line.upper() == "DATA":
                    self.say("354 go on")
                    letters.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
                self.say("221 bye" if line.upper() == "QUIT" else "250 fine")

        def say(self, words):
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Office) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_address[1], letters
        server.shutdown()
