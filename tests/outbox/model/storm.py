"""One schedule: a seed decides what people, phones, the line and the server do, and in which order. Then the line heals,
everything settles, and what must hold is looked at (tests/outbox/model/truth.py)."""

import base64
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import select

from tests.outbox.model import truth
from tests.outbox.model.office import Office, keeping
from tests.outbox.model.phones import Phones
from tests.outbox.model.photos import a_photo
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db

LOCKS = (True, False, True)  # the second phone's browser has no Web Locks
OWNERS = ("lin", "sun", "lin")
FAULTS = ("before", "mid", "after", "portal", "ill", "busy", "too much")
HTML = b"<html><body>Welcome to the hotel</body></html>"


@dataclass
class Saved:
    """What a phone has said is saved: `word` is what it says, and nothing else says it."""

    id: str
    word: str
    author: str
    phone: int
    scope: str
    kind: str
    fields: list[list[str]]
    action: str
    bad: bool = False
    files: list[str] = field(default_factory=list)
    gone: bool = False  # its author has thrown it away or written it anew
    heirs: list[str] = field(
        default_factory=list
    )  # what it says if it was written anew and the phone died before it said so


@dataclass
class Hand:
    """A phone in somebody's hand: whose turn it is, and the cookie of the browser."""

    user: str
    cookie: str | None
    skew: int = 0


class Storm:
    def __init__(self, seed: int, office: Office, phones: Phones, steps: int = 26) -> None:
        self.random = random.Random(seed)
        self.seed, self.office, self.phones, self.steps = seed, office, phones, steps
        self.at = 1795485600000  # as the office's clock begins, ms
        self.net: list[dict[str, Any]] = []
        self.old: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
        self.saved: dict[str, Saved] = {}
        self.hoped: dict[str, Saved] = {}  # nobody said that it is saved; it may be
        self.done: dict[str, Any] = {}
        self.count: Counter[str] = Counter()
        self.words = 0
        self.poison: set[str] = set()
        self.threw_away: set[tuple[int, str]] = set()
        self.slow: list[tuple[str, Any]] = []
        self.loose: list[str] = []
        self.wrong = ""
        self.trace: Any = None  # print, to follow a schedule

    # ---- talking to the phones

    def tell(self, do: str, **given: Any) -> dict[str, Any]:
        said = self.phones.tell(do, **given)
        if self.trace:
            self.trace(self.told(do, given, said))
        for request in said["sent"]:
            body = request.pop("body")
            request["body"] = base64.b64decode(body) if request.pop("raw") and body else (body or "").encode()
            hand = self.hands[request["phone"]]
            self.count["side by side"] += self.has_a_batch_out(request)
            self.net.append({**request, "cookie": hand.cookie, "user": hand.user, "answer": None})
        for one in said["done"]:
            self.done[one["key"]] = one
        for number in said["died"]:
            self.count["deaths"] += 1
            self.phones_that_died.add(number)
        self.loose += said["loose"]
        if do != "restart" and self.phones_that_died:
            for number in self.phones_that_died.copy():
                self.phones_that_died.discard(number)
                self.tell("restart", phone=number)
        self.phones_that_died.clear()
        return said

    def has_a_batch_out(self, request: dict[str, Any]) -> bool:
        """Whether this is a batch, and another of the same phone is on its way."""
        alike = lambda one: (one["phone"], one["url"], one["id"] > 0) == (request["phone"], "/outbox", True)  # noqa: E731
        return alike(request) and any(alike(one) for one in self.net)

    @staticmethod
    def told(do: str, given: dict[str, Any], said: dict[str, Any]) -> str:
        """One command and what came of it, short enough to follow."""
        given = dict(given)
        if "response" in given:
            answer = given["response"]
            given["response"] = (
                answer["status"],
                base64.b64decode(answer["body"])[:400].decode(errors="replace"),
                answer.get("cut"),
            )
        sent = [(one["id"], one["method"], one["url"], str(one["body"] or "")[:600]) for one in said["sent"]]
        return f"{do} {given} → sent {sent} done {said['done']} died {said['died']}"

    def deed(self, phone: int, *deeds: tuple[Any, ...], doom: Any = None, shuffle: bool = False) -> list[Any]:
        """Let a phone do these things at once; what each came to, None if it has not ended (or never will)."""
        keys = []
        asked = []
        for name, *given in deeds:
            self.words += 1
            keys.append(f"d{self.words}")
            asked.append(
                {"name": name, "with": given, "key": keys[-1], "wait": self.random.randrange(12) if shuffle else 0}
            )
        self.tell("do", phone=phone, deeds=asked, doom=doom)
        return [self.done.get(key) for key in keys]

    def doom(self, chance: float, most: int = 6) -> Any:
        if self.random.random() >= chance:
            return None
        return {"left": self.random.randrange(most), "how": self.random.choice(("before", "in", "after"))}

    # ---- people

    def word(self) -> str:
        self.words += 1
        return f"w{self.seed}x{self.words}"

    def draft(self, phone: int) -> Saved:
        """Something that somebody could write on this phone now."""
        hand, chance, word = self.hands[phone], self.random.random(), self.word()
        new_id = f"{self.words:08x}-{self.seed % 65536:04x}-4000-8000-{self.seed:012x}"
        if chance < 0.15:
            fields = [["name", word], ["still_new", "1"], ["kind", "company"]]
            return Saved(new_id, word, hand.user, phone, new_id, "customer", fields, "/customers")
        scope = self.random.choice(self.known_to(phone))
        if chance < 0.75:
            return Saved(
                new_id,
                word,
                hand.user,
                phone,
                scope,
                "note",
                [["kind", "note"], ["text", word]],
                f"/customers/{scope}/notes",
            )
        bad = self.random.random() < 0.25
        fields = [
            ["purpose", "service"],
            ["result", "progress"],
            ["needs", word],
            *([["expense", "-3"]] if bad else []),
        ]
        return Saved(new_id, word, hand.user, phone, scope, "report", fields, f"/customers/{scope}/reports", bad)

    def known_to(self, phone: int) -> list[str]:
        hand = self.hands[phone]
        found = [
            one.id for one in self.saved.values() if one.kind == "customer" and one.author == hand.user and not one.gone
        ]
        return self.carried.get((phone, hand.user), self.office.customers[:2]) + found

    def capture(
        self, phone: int, one: Saved, doom: Any = None, beside: tuple[Any, ...] = (), replaces: str = ""
    ) -> None:
        photos = (
            [a_photo(self.random) for _ in range(self.random.randrange(3))]
            if one.kind == "report" and not replaces
            else []
        )
        files = [
            {"name": "photos", "filename": "p.png", "type": "image/png", "bytes": base64.b64encode(p).decode()}
            for p in photos
        ]
        form = {"id": one.id, "action": one.action, "fields": one.fields, "form": "", "replaces": replaces}
        came = self.deed(phone, ("capture", form, files), *beside, doom=doom, shuffle=bool(beside))[0]
        self.count["captures"] += 1
        value = came and came.get("value")
        if not value:
            self.hoped[one.word] = one
            for other in self.saved.values():
                if other.phone == phone and other.id in (one.id, replaces or None):
                    other.heirs.append(one.word)
            return
        one.id, one.author = value["id"], self.office.names[value["author"]]  # whose turn it is, the phone knows best
        for other in list(self.saved.values()):
            if (
                other.phone == phone
                and not other.gone
                and other.id in (one.id, replaces or None)
                and other.word != one.word
            ):
                other.gone = True
        one.files = [str(len(p)) for p in photos]
        self.saved[one.word] = one

    def write(self, phone: int) -> None:
        one = self.draft(phone)
        if one.kind == "note" and self.random.random() < 0.08:
            self.poison.add(one.word)
            self.office.poisoned.add(one.word)
        chance = self.random.random()
        beside: tuple[Any, ...] = (("flush", True),) if chance < 0.3 else ()
        doom = self.doom(0.08)
        if doom is None and self.random.random() < 0.03:
            doom = {"left": self.random.randrange(3), "how": "full"}
        self.capture(phone, one, doom, beside)

    def rewrite(self, phone: int) -> None:
        """The same form once more, with other words (he went back), perhaps while it is being sent."""
        mine = [
            one
            for one in self.saved.values()
            if one.phone == phone and one.author == self.hands[phone].user and not one.gone and one.kind == "note"
        ]
        if not mine:
            return
        old, word = self.random.choice(mine[-3:]), self.word()
        new = Saved(old.id, word, old.author, phone, old.scope, "note", [["kind", "note"], ["text", word]], old.action)
        self.count["rewrites"] += 1
        states = truth.states(self.phones.tell("dump")["disks"][phone], self.office.hashes[old.author])
        self.capture(phone, new, self.doom(0.05), (("flush", True),) if self.random.random() < 0.6 else ())
        if states.get(old.id) in truth.STUCK:  # then the new words take the place of the refused ones
            old.gone, old.heirs = new.word in self.saved or old.gone, [*old.heirs, new.word]

    def mend(self, phone: int) -> None:
        mine = [
            one
            for one in self.saved.values()
            if one.phone == phone and one.author == self.hands[phone].user and one.bad and not one.gone
        ]
        if not mine:
            return
        old, draft = self.random.choice(mine), self.draft(phone)
        states = truth.states(self.phones.tell("dump")["disks"][phone], self.office.hashes[old.author])
        if states.get(old.id) != "rejected":
            return
        fields = [pair for pair in old.fields if pair[0] not in ("expense", "needs")] + [["needs", draft.word]]
        new = Saved(
            draft.id, draft.word, old.author, phone, old.scope, "report", fields, old.action, files=list(old.files)
        )
        self.count["mended"] += 1
        kept = old.files
        self.capture(phone, new, self.doom(0.05), replaces=old.id)
        new.files = kept

    def discard(self, phone: int) -> None:
        mine = [
            one
            for one in self.saved.values()
            if one.phone == phone and one.author == self.hands[phone].user and not one.gone
        ]
        if not mine:
            return
        one = self.random.choice(mine)
        came = self.deed(phone, ("discard", one.id), doom=self.doom(0.1))[0]
        if came is None or came.get("error") or came.get("value"):
            one.gone = True
            self.threw_away.add((phone, one.author))
            self.count["discards"] += 1

    def flush(self, phone: int) -> None:
        deeds = [("flush", self.random.random() < 0.6)]
        if self.random.random() < 0.3:
            deeds.append(("look",))
        if self.random.random() < 0.15:
            deeds.append(("flush", True))
        self.deed(phone, *deeds, doom=self.doom(0.08), shuffle=len(deeds) > 1)

    def look(self, phone: int) -> None:
        self.deed(phone, ("look",), doom=self.doom(0.08))

    def change_hands(self, phone: int) -> None:
        hand, told = self.hands[phone], self.random.random() < 0.7
        if told:
            self.office.serve({"url": "/sign-out", "method": "POST", "headers": {}, "cookie": hand.cookie, "body": b""})
        self.deed(phone, ("close", not told), doom=self.doom(0.1))
        self.come_in(phone, self.random.choice(("lin", "sun")), self.random.random() < 0.8)
        self.count["hands changed"] += 1

    def come_in(self, phone: int, name: str, properly: bool = True) -> None:
        """Signing in; if not `properly`, only the browser knows (the page that tells the worker did not come)."""
        hand = self.hands[phone]
        self.deed(phone, ("settle",))
        for request in [one for one in self.net if one["phone"] == phone and one["url"] == "/sign-out"]:
            self.net.remove(request)
            self.to_phone(request, self.office.serve(request))
            hand.cookie = None
        hand.cookie = self.office.sign_in(name)
        if properly:
            self.deed(phone, ("leave",), doom=None)
            self.deed(phone, ("learn", self.office.hashes[name]), doom=None)
        self.see_whose_turn(phone)

    def lose_session(self, phone: int) -> None:
        """The session is over, or somebody else has signed in in another tab."""
        other = self.random.choice(("lin", "sun", None))
        self.hands[phone].cookie = self.office.sign_in(other) if other else None
        self.count["sessions lost"] += 1

    # ---- the line

    def carry(self) -> None:
        """One thing on the line moves: a request to the server, or an answer to the phone."""
        if not self.net:
            return
        one = self.net.pop(self.random.randrange(len(self.net)))
        chance = self.random.random()
        if one["answer"] is None:
            self.carry_request(one, chance)
        else:
            self.carry_answer(one, chance)

    def carry_request(self, one: dict[str, Any], chance: float) -> None:
        if chance < 0.06:
            self.count["refused"] += 1
            self.tell("answer", id=one["id"], error=True, doom=self.doom(0.1))
        elif chance < 0.12:
            self.count["late"] += 1  # the phone has given up; it arrives all the same, some day
            self.net.append({**one, "id": 0})
            self.tell("answer", id=one["id"], error=True)
        else:
            if chance < 0.20:
                self.count["twice"] += 1
                self.net.append({**one, "id": 0})
            fault = self.random.choice(FAULTS) if chance > 0.8 else ""
            if chance > 0.97 or (chance > 0.6 and self.of_another_time(one)):
                fault = "old"
            self.at_server(one, fault)

    def at_server(self, one: dict[str, Any], fault: str) -> None:
        if fault:
            self.count[fault] += 1
        if fault == "old":
            kept = self.of_another_time(one) or self.old.get((one["phone"], one["user"], one["url"].split("?")[0]))
            if not kept:
                fault = ""
            else:
                self.an_old_answer(one, self.random.choice(kept))
                return
        if fault in ("portal", "ill", "busy", "too much"):
            self.net.append({**one, "answer": self.stranger(fault)})
            return
        answer = (
            None if fault == "before" else self.office.serve(one, self.random.randrange(4) if fault == "mid" else None)
        )
        self.keep(one, answer)
        if answer is None or fault == "after":
            self.tell("answer", id=one["id"], error=True, doom=self.doom(0.1))
        elif one["id"]:
            self.net.append({**one, "answer": answer})

    def keep(self, one: dict[str, Any], answer: dict[str, Any] | None) -> None:
        """Remember an answer, as a cache on the way might."""
        if answer and answer["status"] == 200:
            self.old.setdefault((one["phone"], one["user"], one["url"].split("?")[0]), []).append(
                {**answer, "asked": cursor_in(one)}
            )

    def of_another_time(self, one: dict[str, Any]) -> list[dict[str, Any]]:
        """Changes of the pack that this phone was sent when it asked with another cursor."""
        kept = (
            self.old.get((one["phone"], one["user"], "/field-pack"), []) if one["url"].startswith("/field-pack") else []
        )
        return [answer for answer in kept if b'"reset":false' in answer["body"] and answer["asked"] != cursor_in(one)]

    def an_old_answer(self, one: dict[str, Any], answer: dict[str, Any]) -> None:
        """Some cache on the way gives what it has kept; a change of another time must not be applied."""
        delta = one["url"].startswith("/field-pack") and b'"reset":false' in answer["body"]
        drawer = "doorstep-" + self.office.hashes.get(one["user"], "")
        cursor = lambda: self.phones.tell("dump")["disks"][one["phone"]].get(drawer, {}).get("facts", {}).get("cursor")  # noqa: E731
        before = cursor() if delta else None
        self.to_phone(one, answer)
        if delta and answer["asked"] not in (before or "", None) and cursor() != before:
            self.wrong = f"I11 phone {one['phone']} has applied a change of another time"

    def stranger(self, fault: str) -> dict[str, Any]:
        """An answer that is not the app's."""
        if fault == "portal":
            return {"status": 200, "headers": {"Content-Type": "text/html"}, "body": HTML}
        if fault == "too much":
            return {"status": 413, "headers": {"Content-Type": "text/html"}, "body": HTML}
        status = 503 if fault == "busy" else 500
        return {"status": status, "headers": {"Retry-After": "30"} if fault == "busy" else {}, "body": HTML}

    def carry_answer(self, one: dict[str, Any], chance: float) -> None:
        if chance < 0.1:
            self.count["answers lost"] += 1
            self.tell("answer", id=one["id"], error=True, doom=self.doom(0.1))
            return
        cut = None
        if chance < 0.2 and one["answer"]["body"]:
            self.count["answers cut"] += 1
            cut = self.random.randrange(len(one["answer"]["body"]))
        pull = one["url"].startswith("/field-pack")
        self.to_phone(one, one["answer"], cut, self.doom(0.5, 5) if pull else self.doom(0.12))

    def to_phone(
        self, one: dict[str, Any], answer: dict[str, Any] | None, cut: int | None = None, doom: Any = None
    ) -> None:
        if answer is None:
            self.tell("answer", id=one["id"], error=True)
            return
        response = {
            "status": answer["status"],
            "headers": answer["headers"],
            "body": base64.b64encode(answer["body"]).decode(),
        }
        self.tell("answer", id=one["id"], response={**response, **({"cut": cut} if cut is not None else {})}, doom=doom)

    # ---- the office

    def desk(self) -> None:
        """Somebody at a desk, or the house itself."""
        office, chance = self.office, self.random.random()
        if chance < 0.18:
            id, name = self.a_customer(), self.random.choice(("lin", "sun"))
            self.count["reassigned"] += office.do(lambda: reassign(office, id, name)) or 0
        elif chance < 0.24:
            id, into = self.a_customer(), self.a_customer()
            self.count["merged"] += office.do(lambda: merge(office, id, into)) or 0
        elif chance < 0.30:
            id, word = self.a_customer(), self.word()
            office.do(lambda: touch(id, word))
        elif chance < 0.43:
            self.begin_slowly()
        elif chance < 0.52:
            self.end_slowly()
        elif chance < 0.62:
            office.back_up()
            self.count["backups"] += 1
        elif chance < 0.80:
            if office.backup:
                self.slow.clear()
                office.restore(self.random.random() < 0.5)
                self.count["restores"] += 1
        elif chance < 0.86:
            name = self.random.choice(("lin", "sun"))
            office.do(lambda: enable(office, name, self.random.random() < 0.4))
            self.count["disabled"] += 1
        else:
            if self.random.random() < 0.6:
                id, name = self.a_customer(), self.random.choice(("lin", "sun"))
                self.count["reassigned"] += office.do(lambda: reassign(office, id, name)) or 0
            self.bury()

    def a_customer(self) -> str:
        ids = self.office.ask(
            lambda: list(
                db.session.scalars(select(Customer.id).where(Customer.merged_into_id.is_(None)).order_by(Customer.id))
            )
        )
        return self.random.choice(ids)

    def begin_slowly(self) -> None:
        """Somebody begins a change; it is committed later."""
        self.slow.append((self.a_customer(), self.office.reserve()))
        if self.random.random() < 0.5:
            self.quiet()

    def quiet(self) -> None:
        """A moment in which the line is good and every phone looks what is new."""
        for phone in range(len(self.hands)):
            self.deed(phone, ("look",))
            self.run_line()

    def end_slowly(self) -> None:
        for id, number in self.slow:
            word = self.word()
            self.office.reserved = [number] if number else []
            self.office.do(lambda id=id, word=word: touch(id, word))
            self.office.reserved = []
        self.slow.clear()

    def bury(self) -> None:
        """Half a year has gone by for the tombstones."""
        self.count["tombstones swept"] += 1
        before, keeping.TOMBSTONES = keeping.TOMBSTONES, keeping.TOMBSTONES * 0
        self.office.pass_time(1)
        try:
            for name in ("lin", "sun"):
                self.office.do(
                    lambda name=name: keeping._tidy(db.session.get_one(User, self.office.people[name]), wholly=True)
                )
        finally:
            keeping.TOMBSTONES = before

    def pass_time(self, seconds: float) -> None:
        self.at += int(seconds * 1000)
        self.office.pass_time(seconds)
        self.tell("pass", to=self.at)

    def jump(self, phone: int) -> None:
        """The phone's clock is set, by minutes or by years."""
        self.hands[phone].skew = self.random.choice(
            (0, 0, -3600_000, 3600_000, -86400_000, 400 * 86400_000, -400 * 86400_000)
        )
        self.count["clock jumps"] += 1
        self.tell("skew", phone=phone, by=self.hands[phone].skew)

    # ---- the whole

    def begin(self) -> None:
        reserve = self.office.reserve
        self.office.begin()
        self.office.reserve = reserve
        self.phones_that_died: set[int] = set()
        self.carried: dict[tuple[int, str], list[str]] = {}
        some = self.random.choice((slice(0, 1), slice(1, 2), slice(0, 2), slice(1, 3), slice(0, 3)))
        self.hands = [Hand(name, None) for name in OWNERS[some]]
        self.tell("reset", at=self.at, seed=self.seed, locks=LOCKS[some])
        for phone, name in enumerate(OWNERS[some]):
            self.hands[phone].cookie = self.office.sign_in(name)
            self.deed(phone, ("learn", self.office.hashes[name]))
            mine = self.office.customers[0::2] if name == "lin" else self.office.customers[1::2]
            self.carried[phone, name] = list(mine)
        if self.random.random() < 0.6:
            self.quiet()
        if self.random.random() < 0.7:
            self.office.back_up()
        if self.seed % 4 == 3:
            self.heap_up(random.Random(f"heap {self.seed}"))

    def heap_up(self, chance: random.Random) -> None:
        """A week without a line: the first phone holds more than goes into two batches."""
        hand, scope = self.hands[0], self.carried[0, self.hands[0].user][0]
        for _ in range(chance.randrange(6, 11)):
            if chance.random() < 0.4:
                scope = chance.choice(self.carried[0, hand.user])
            word = self.word()
            id = f"{self.words:08x}-{self.seed % 65536:04x}-4000-8000-{self.seed:012x}"
            note = [["kind", "note"], ["text", word]]
            self.capture(0, Saved(id, word, hand.user, 0, scope, "note", note, f"/customers/{scope}/notes"))
        self.count["heaps"] += 1

    def step(self) -> None:
        chance, phone = self.random.random(), self.random.randrange(len(self.hands))
        if self.random.random() < 0.35:
            self.pass_time(self.random.choice((1, 3, 10, 60, 400, 1000)))
        if self.hands[phone].user == "nobody" and chance < 0.5:
            self.come_in(phone, self.random.choice(("lin", "sun")))
            return
        for most, deed in self.weights:
            if chance < most:
                deed(phone)
                self.see_whose_turn(phone)
                return

    def restart(self, phone: int) -> None:
        self.tell("restart", phone=phone)

    def see_whose_turn(self, phone: int) -> None:
        """A phone that met another's session has opened his drawer."""
        (came,) = self.deed(phone, ("turn",))
        if came and "value" in came:
            self.hands[phone].user = self.office.names.get(came["value"] or "", "nobody")

    @property
    def weights(self) -> list[tuple[float, Any]]:
        return [
            (0.17, self.write), (0.19, self.rewrite), (0.20, self.mend), (0.21, self.discard), (0.34, self.flush), (0.41, self.look),
            (0.80, lambda _phone: self.carry()), (0.82, self.restart), (0.93, lambda _phone: self.desk()),
            (0.955, self.change_hands), (0.97, self.lose_session), (0.98, self.jump), (1.1, lambda _phone: self.quiet()),
        ]  # fmt: skip

    def run(self) -> str | None:
        """The first thing that does not hold, or None."""
        self.begin()
        for _ in range(self.steps):
            self.step()
        return self.end()

    def end(self) -> str | None:
        if self.loose:
            return f"I0 an error that nobody caught: {self.loose[0][:300]}"
        return self.wrong or truth.acknowledged(self) or self.settle() or truth.all_of(self)

    def settle(self) -> str | None:
        """The line heals, everybody comes in again; first the poison stays, then it goes too."""
        self.end_slowly()
        late, self.net = [one for one in self.net if one["answer"] is None], []
        self.random.shuffle(late)
        for one in late:
            self.office.serve(one)
        for name in ("lin", "sun"):
            self.office.do(lambda name=name: enable(self.office, name, True))
        for phone, hand in enumerate(self.hands):
            hand.skew = 0
            self.tell("skew", phone=phone, by=0)
            self.tell("restart", phone=phone)
        if self.poison and (wrong := self.drain(1) or truth.held_up(self)):
            return wrong
        self.poison.clear()
        self.office.poisoned.clear()
        return self.drain()

    def drain(self, rounds: int = 12) -> str | None:
        disks = self.phones.tell("dump")["disks"]
        for phone, hand in enumerate(self.hands):
            turn = hand.user
            names = {name: self.office.names.get(name.removeprefix("doorstep-")) for name in disks[phone]}
            drawers = {who for name, who in names.items() if who and (disks[phone][name]["entries"] or who == turn)}
            for name in sorted(drawers, key=lambda name: (name == turn, name)):
                if hand.user != name:
                    self.deed(phone, ("close", False))
                self.come_in(phone, name)
                self.deed(phone, ("look",))
                self.run_line()
                for _ in range(rounds):
                    self.pass_time(1000)
                    self.deed(phone, ("flush", True))
                    self.run_line()
                    entries = truth.entries(self.phones.tell("dump")["disks"][phone], self.office.hashes[name])
                    if not truth.unsettled(entries, self.poison):
                        break
        for phone in range(len(self.hands)):  # what the others have sent has changed this one's pages
            self.pass_time(10)
            self.deed(phone, ("look",))
            self.run_line()
        return f"I0 an error that nobody caught: {self.loose[0][:300]}" if self.loose else None

    def run_line(self) -> None:
        for _ in range(200):
            if not self.net:
                return
            one = self.net.pop(0)
            answer = self.office.serve(one)
            self.keep(one, answer)
            self.to_phone(one, answer)
        raise AssertionError("the line never comes to rest")


def cursor_in(request: dict[str, Any]) -> str:
    return parse_qs(urlsplit(request["url"]).query).get("cursor", [""])[0]


def reassign(office: Office, id: str, name: str) -> int:
    customer, zhou = db.session.get_one(Customer, id), db.session.get_one(User, office.people["zhou"])
    return int(customer.reassign(db.session.get_one(User, office.people[name]), zhou))


def merge(office: Office, id: str, into: str) -> int:
    if id == into:
        return 0
    db.session.get_one(Customer, id).merge_into(
        db.session.get_one(Customer, into), db.session.get_one(User, office.people["zhou"])
    )
    return 1


def touch(id: str, word: str) -> None:
    db.session.get_one(Customer, id).next_step = word


def enable(office: Office, name: str, yes: bool) -> None:
    user = db.session.get_one(User, office.people[name])
    user.enable() if yes else user.disable()
