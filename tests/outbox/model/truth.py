"""What must hold after every schedule. Each function says the first thing that does not, or None."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tests.outbox.model.office import render
from webapp.accounts.models import Device, User
from webapp.customers.models import Customer, HistoryEntry
from webapp.field_pack import contents
from webapp.field_pack.rendering import Reader
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.models import Receipt
from webapp.visits.models import Attachment, Report

if TYPE_CHECKING:
    from tests.outbox.model.storm import Storm

Entry = dict[str, Any]
ARRIVED = ("delivered", "quarantined")
STUCK = ("rejected", "conflict")


def entries(disk: dict[str, Any], user: str) -> list[Entry]:
    return list(disk.get(f"doorstep-{user}", {}).get("entries", []))


def states(disk: dict[str, Any], user: str) -> dict[str, str]:
    return {entry["id"]: entry["state"] for entry in entries(disk, user)}


def says(entry: Entry) -> set[str]:
    return {value for _name, value in entry["fields"]}


def unsettled(found: list[Entry], poison: set[str]) -> list[Entry]:
    """What is still to go, except what is poisoned and what stands behind it, or behind a newcomer who was refused."""
    held = {
        entry["scope"]
        for entry in found
        if says(entry) & poison or (entry["state"] in STUCK and entry["scope"] == entry["id"])
    }
    waits = [entry for entry in found if entry["state"] in ("waiting", "sending") and entry["scope"] not in held]
    files = [
        entry
        for entry in found
        if entry["state"] in ARRIVED and any(not (file["done"] or file.get("broken")) for file in entry["attachments"])
    ]
    return waits + files


def _drawers(storm: "Storm") -> list[tuple[int, str, dict[str, Any]]]:
    """(phone, whose, what is in it) of every drawer of every phone."""
    found = []
    for phone, disk in enumerate(storm.phones.tell("dump")["disks"]):
        for name, drawer in disk.items():
            if user := storm.office.names.get(name.removeprefix("doorstep-")):
                found.append((phone, user, drawer))
    return found


def acknowledged(storm: "Storm") -> str | None:
    """In the middle of the storm: what a phone shows as arrived has arrived, as long as it lives in the server's time."""
    office = storm.office
    here = office.ask(
        lambda: set(db.session.scalars(select(Receipt.id))) | set(db.session.scalars(select(Quarantined.id)))
    )
    for phone, user, drawer in _drawers(storm):
        if drawer["facts"].get("epoch") != office.epoch:
            continue
        for entry in drawer["entries"]:
            if entry["state"] in ARRIVED and entry["id"] not in here:
                return f"I6 phone {phone} of {user} shows as arrived what the server has not: {entry['id']}"
    return None


def held_up(storm: "Storm") -> str | None:
    for phone, user, drawer in _drawers(storm):
        if late := unsettled(drawer["entries"], storm.poison):
            return f"I7 one bad entry holds up others: phone {phone} of {user}, {[(e['id'], e['state'], e['answer']) for e in late][:2]}"
    return None


def all_of(storm: "Storm") -> str | None:
    drawers = _drawers(storm)
    return storm.office.ask(
        lambda: (
            _entries_hold(storm, drawers)
            or _in_order(storm)
            or _files_hold(storm, drawers)
            or _packs_hold(storm, drawers)
            or _leaders_know(storm, drawers)
        )
    )


def _entries_hold(storm: "Storm", drawers: list[tuple[int, str, dict[str, Any]]]) -> str | None:
    rows, people = _on_the_server(), {id: name for name, id in storm.office.people.items()}
    on_phones: dict[str, list[str]] = defaultdict(list)
    for phone, user, drawer in drawers:
        refused = {entry["id"] for entry in drawer["entries"] if entry["state"] in STUCK}
        for entry in drawer["entries"]:
            behind = entry["scope"] in refused - {
                entry["id"]
            }  # what is written about a newcomer waits until he is mended
            for word in says(entry):
                on_phones[word].append(STUCK[0] if behind else entry["state"])
            if entry["state"] in ("waiting", "sending") and not behind:
                return f"I10 stuck on phone {phone} of {user}: {entry['id']} {entry['state']} {entry['answer']}"
    for word, one in {**storm.hoped, **storm.saved}.items():
        landed = rows.get(word, [])
        if len(landed) > 1:
            return f"I2 doubled: {one} {landed}"
        if any(people.get(author) != one.author for _id, author in landed):
            return f"I4 under another name: {one} {landed}"
        heirs = any(rows.get(heir) or on_phones[heir] for heir in one.heirs)
        if word in storm.saved and not one.gone and not landed and not heirs and not set(on_phones[word]) & set(STUCK):
            return f"I1 lost: {one} on phones: {on_phones[word]}"
    return None


def _on_the_server() -> dict[str, list[tuple[str, str]]]:
    """(id, author) of every row that says a word, by word; what waits for a leader counts too."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    notes = select(HistoryEntry.text, HistoryEntry.id, HistoryEntry.by_id).where(HistoryEntry.kind == "note")
    for select_ in (notes, select(Report.needs, Report.id, Report.author_id)):
        for word, id, author in db.session.execute(select_):
            found[word].append((id, author))
    authors = dict(db.session.execute(select(Receipt.id, Receipt.user_id)).all())
    for word, id in db.session.execute(select(Customer.name, Customer.id)):
        found[word].append((id, authors.get(id, "")))
    for row in db.session.scalars(select(Quarantined).where(Quarantined.decision == "")):
        for _name, value in row.fields:
            found[value].append((row.id, row.author_id))
    return found


def _in_order(storm: "Storm") -> str | None:
    last: dict[tuple[str, str], int] = {}
    twice = [id for id, n in Counter(line[0] for line in storm.office.log).items() if n > 1]
    if twice:
        return f"I2 taken in twice: {twice}"
    for id, phone, number, scope in storm.office.log:
        if id in storm.office.refused:
            continue  # what is refused holds up nobody; it may be let in later, when its customer is another's
        if number < last.get((phone, scope), 0):
            return f"I3 out of order: {id}, number {number} after {last[phone, scope]}"
        last[phone, scope] = number
    return None


def _files_hold(storm: "Storm", drawers: list[tuple[int, str, dict[str, Any]]]) -> str | None:
    whole = {row.id: row for row in db.session.scalars(select(Announced))}
    kept_with_theirs: set[str] = set()
    for phone, user, drawer in drawers:
        shelf = set(drawer["files"])
        for entry in drawer["entries"]:
            if entry["state"] in STUCK:
                kept_with_theirs.update(says(entry))  # they go once its writer has dealt with it
            for file in entry["attachments"]:
                if file.get("broken"):
                    return f"I9 a file is broken on phone {phone} of {user}: {entry['id']} {file}"
                if entry["state"] in STUCK and file["id"] not in shelf:
                    return f"I9 the file of a refused entry is gone from phone {phone}: {entry['id']} {file['id']}"
                if entry["state"] in ARRIVED and not (
                    file["done"] and file["id"] in whole and whole[file["id"]].complete_at
                ):
                    return f"I9 a file has not arrived: {entry['id']} {file}"
    filed = {}
    for report_id in db.session.scalars(select(Attachment.report_id)):
        filed[report_id] = filed.get(report_id, 0) + 1
    reports = {report.needs: report.id for report in db.session.scalars(select(Report))}
    for word, one in storm.saved.items():
        if one.gone or word in kept_with_theirs:
            continue
        if word in reports and filed.get(reports[word], 0) != len(one.files):
            return f"I9 {filed.get(reports[word], 0)} of {len(one.files)} photos: {one}"
    return None


def _leaders_know(storm: "Storm", drawers: list[tuple[int, str, dict[str, Any]]]) -> str | None:
    """What a leader is told of each phone: with each batch, and with each look for what is new. Who has thrown something away,
    signed out and left the phone to another says it when he comes back."""
    for phone, user, drawer in drawers:
        unsent = sum(entry["state"] in ("waiting", "sending") for entry in drawer["entries"])
        refused = sum(entry["state"] in STUCK for entry in drawer["entries"])
        his = Device.user_id == storm.office.people[user], Device.phone_id == drawer["facts"].get("device")
        told = db.session.execute(select(func.sum(Device.waiting), func.sum(Device.refused)).where(*his)).one()
        has_left = (phone, user) in storm.threw_away and storm.hands[phone].user != user and not drawer["entries"]
        if not has_left and (knows := tuple(number or 0 for number in told)) != (holds := (unsent, refused)):
            return f"I12 phone {phone} of {user} holds {holds} unsent and refused, his leader is told {knows}"
    return None


def _packs_hold(storm: "Storm", drawers: list[tuple[int, str, dict[str, Any]]]) -> str | None:
    from flask import current_app

    for phone, user, drawer in drawers:
        facts = drawer["facts"]
        if not facts.get("set"):
            if drawer["pages"] and not facts.get("staged"):
                return f"I8 pages are left on phone {phone} of {user}"
            if storm.hands[phone].user == user:
                return f"I5 phone {phone} of {user} carries nothing"
            continue
        shelf = [page for page in drawer["pages"] if page["set"] == facts["set"] and page["url"].startswith("/")]
        there = {page["url"]: "".join(page["html"]) for page in shelf}  # beside them lies what they have in common
        id = storm.office.people[user]
        wanted = {}
        for page in contents.pages(db.session.get_one(User, id), clock.local(clock.now()).date()):
            if (html := render(current_app, page.url, Reader(id, None, {}))[0]) is not None:
                wanted[page.url] = html
        if extra := sorted(set(there) - set(wanted)):
            return f"I4 phone {phone} of {user} carries what is not his: {extra}"
        if storm.hands[phone].user == user and there != wanted:
            wrong = [url for url in wanted if there.get(url) != wanted[url]]
            differ = [(url, there.get(url), wanted[url]) for url in wrong][:2]
            return f"I5 phone {phone} of {user} carries other pages than the server means: {differ}"
    return None
