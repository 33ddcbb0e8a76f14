# ruff: noqa: E501
"""The rules of the protocol, each broken in the real code: what is trusted to find faults must find these."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from sqlalchemy import delete, select

from webapp.customers.models import Customer
from webapp.field_pack import contents, feed, keeping, marking
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock, epoch
from webapp.foundation.db import db
from webapp.outbox import delivery, delivery_routes, gate
from webapp.outbox.models import Receipt


@dataclass(frozen=True)
class Mutant:
    """`storm`: the one that finds it; `worker`: changes of the worker's text; `server`: breaks the server, by patches."""

    name: str
    storm: int
    rule: str
    worker: tuple[tuple[str, str, str], ...] = ()
    server: Any = None

    @contextmanager
    def at_large(self, office: Any) -> Iterator[None]:
        with ExitStack() as stack:
            if self.server:
                self.server(lambda *given: stack.enter_context(mock.patch.object(*given)), office)
            yield


# ---- the server


def no_dedup(patch: Any, _office: Any) -> None:
    def claim(fingerprint: str) -> bool:
        db.session.execute(delete(Receipt).where(Receipt.id == gate.submission_id()))
        return real(fingerprint)

    real = gate._claim
    patch(gate, "_claim", claim)
    patch(gate, "submission_id", gate.submission_id)


def no_txn(patch: Any, office: Any) -> None:
    """The effect is committed by itself; its receipt comes after."""
    real = delivery._take_in

    def take_in(entry: Any) -> Any:
        answer = real(entry)
        if answer["result"] == "accepted" and office.cut == 0:
            db.session.flush()
            db.session.execute(delete(Receipt).where(Receipt.id == entry.id))
            db.session.commit()
        return answer

    patch(delivery, "_take_in", take_in)


def early_seq(patch: Any, office: Any) -> None:
    """A change takes its number when it begins, and is seen when it is committed."""
    office.reserve = lambda: office.do(lambda: Feed.raise_by())

    real = marking.write

    def write(marks: Any) -> None:
        if not office.reserved:
            real(marks)
            return
        with mock.patch.object(marking.Feed, "raise_by", return_value=office.reserved[-1]):
            real(marks)

    patch(marking, "write", write)


def no_revoke(patch: Any, _office: Any) -> None:
    """What is gone is not told, and what is held, which would betray it, is not either."""
    real = feed._page

    def page(*given: Any) -> tuple[str, str]:
        line, content = real(*given)
        return ("" if line.startswith('{"kind":"gone"') else line), content

    patch(feed, "_page", page)
    patch(feed, "_held", lambda _pull, _last: "")


def gc_no_reset(patch: Any, _office: Any) -> None:
    """Tombstones are swept and nobody remembers up to where; what is held, which would betray it, is not told."""

    def sweep(pack: Any) -> None:
        old = PackItem.user_id == pack.user_id, PackItem.gone_at < clock.now() - keeping.TOMBSTONES
        db.session.execute(delete(PackItem).where(*old).execution_options(synchronize_session=False))

    patch(keeping, "_sweep", sweep)
    patch(feed, "_held", lambda _pull, _last: "")


def merged_comes_back(patch: Any, _office: Any) -> None:
    """A customer that is no more comes back with the next pull."""
    real = contents.pages

    def pages(user: Any, today: Any, settled: Any = ()) -> Any:
        yield from real(user, today, settled)
        ids = select(Customer.id).where(Customer.owner_id == user.id, Customer.merged_into_id.is_not(None))
        yield from (contents.Page(contents.CARD.format(id), "card", id) for id in db.session.scalars(ids))

    patch(contents, "pages", pages)
    patch(feed, "render", lambda _app, url, _reader, _kind="": (f"page {url}", {}))


def no_scope_stop(patch: Any, _office: Any) -> None:
    def deliver(entries: Any, device: str = "") -> Any:
        for entry in entries:
            entry.device = device
            yield {"id": entry.id, **delivery._take_in(entry)}

    patch(delivery, "deliver", deliver)


SERVER = (
    Mutant("no_dedup", 4, "the server forgets that it has had an entry", server=no_dedup),
    Mutant("no_txn", 108, "the receipt is not in the transaction of its effect", server=no_txn),
    Mutant(
        "no_epoch", 10, "a restore begins no new epoch", server=lambda patch, _office: patch(epoch, "renew", lambda: "")
    ),
    Mutant("no_revoke", 12, "what is somebody else's now stays on the phone", server=no_revoke),
    Mutant("early_seq", 48, "a feed number is taken before its change is committed", server=early_seq),
    Mutant("gc_no_reset", 15, "tombstones are swept, but old cursors still count", server=gc_no_reset),
    Mutant("erase_loses", 0, "a customer that is no more comes back", server=merged_comes_back),
    Mutant(
        "batch_epoch_unchecked",
        40,
        "a batch from before a restore is taken in",
        server=lambda patch, _office: patch(delivery_routes, "is_of_this_life", lambda _batch: True),
    ),
    Mutant("no_scope_stop", 81, "after a retry_later the customer's later entries are taken in", server=no_scope_stop),
)

# ---- the worker

SETTLE = "  const state = STATES[said?.result];\n"
READ = '  if (!ours || !response.ok) return { kind: "unsent", wait };\n'
TAKE = "export async function take(outbox, answer, batch, epoch, lies) {\n"
SEALED = '    this.tell({ kind: "outbox" });\n    const envelope'

WORKER = (
    Mutant(
        "ack_on_200",
        2,
        "any answer confirms the whole batch",
        (("answered.js", SETTLE, "  const state = DELIVERED;\n"),),
    ),
    Mutant(
        "shift_then_send",
        2,
        "an entry leaves the phone before it is sent",
        (("sending.js", SEALED, "    await this.store.changeEntries(ids, () => null);\n" + SEALED),),
    ),
    Mutant(
        "cursor_first",
        3,
        "the cursor is kept before the pages",
        (
            (
                "pulling.js",
                '    if (!tail) return "no";\n',
                '    if (!tail) return "no";\n    if (!head.reset) await this.store.setFacts({ cursor: tail.cursor });\n',
            ),
        ),
    ),
    Mutant(
        "stale_page",
        58,
        "a late pull is applied although the cursor has moved on",
        (("pulling.js", '    if (!head.reset && (head.from ?? "") !== asked.cursor) return "no";\n', ""),),
    ),
    Mutant(
        "prune_on_ack",
        40,
        "what is confirmed is forgotten at once",
        (("answered.js", SETTLE, SETTLE + "    if (state === DELIVERED && !entry.attachments.length) return null;\n"),),
    ),
    Mutant(
        "opid_at_send",
        0,
        "the id is made when sending, not when saving",
        (
            (
                "batch.js",
                "envelope.entries.map(onTheWay) });",
                "envelope.entries.map(onTheWay).map((one) => ({ ...one, id: globalThis.fresh() })) });",
            ),
            (
                "answered.js",
                "settled(outbox, entry, said.get(entry.id), at)",
                "settled(outbox, entry, [...said.values()][batch.findIndex(({ id }) => id === entry.id)], at)",
            ),
        ),
    ),
    Mutant(
        "reset_wipes_outbox",
        0,
        "a reset of the pack clears the outbox too",
        (
            (
                "pulling.js",
                "    if (head.reset) await this.#stage(set, head);\n",
                "    if (head.reset) { await this.#stage(set, head); await this.store.changeEntries((await this.store.entries()).map(({ id }) => id), () => null); }\n",
            ),
        ),
    ),
    Mutant(
        "shared_db",
        0,
        "one database for all who use a phone",
        (("database.js", 'user ? `doorstep-${user}` : "doorstep"', 'user ? "doorstep-all" : "doorstep"'),),
    ),
    Mutant(
        "drop_unauthorised",
        7,
        "what is refused for want of a session is dropped",
        (
            (
                "answered.js",
                TAKE,
                TAKE
                + '    if (answer.kind === "signed out") { await change(outbox, batch, () => null); return false; }\n',
            ),
        ),
    ),
    Mutant(
        "newest_first",
        2,
        "the newest goes first",
        (("batch.js", "  for (const entry of entries) {\n", "  for (const entry of [...entries].reverse()) {\n"),),
    ),
    Mutant(
        "portal_ok",
        323,
        "a hotel's welcome page is a receipt",
        (
            ("batch.js", READ, '  if (!ours && response.status === 200) return { kind: "portal" };\n' + READ),
            (
                "answered.js",
                TAKE,
                TAKE
                + '    if (answer.kind === "portal") { await change(outbox, batch, (entry) => ({ ...entry, state: DELIVERED, answer: { at: outbox.now() } })); return true; }\n',
            ),
        ),
    ),
    Mutant(
        "reject_dropped",
        3,
        "what is refused is dropped without a word",
        (("answered.js", SETTLE, SETTLE + "    if (state === REJECTED) return null;\n"),),
    ),
    Mutant(
        "hol_block",
        20,
        "one bad entry holds up every other customer",
        (("batch.js", "      held.add(entry.scope);\n      continue;\n", "      break;\n"),),
    ),
    Mutant(
        "beside_same_customer",
        175,
        "two batches on their way hold entries of the same customer",
        (
            ("batch.js", "held = new Set(flying.map(({ scope }) => scope));", "held = new Set();"),
            (
                "batch.js",
                "held.has(entry.scope)) continue;",
                "held.has(entry.scope) || flying.includes(entry)) continue;",
            ),
        ),
    ),
    Mutant(
        "beside_the_last",
        7,
        "the batch that leaves nothing goes beside another, and no answer says that all is there",
        (("batch.js", " === batch.length + flying.length ? [] : batch;", " < 0 ? [] : batch;"),),
    ),
    Mutant(
        "look_says_nothing",
        22,
        "of what was thrown away, or overtaken by a batch that came late, a leader hears with the next batch only",
        (("outbox.js", "return this.isBusy ? {} : {", "return true ? {} : {"),),
    ),
)

MUTANTS = {mutant.name: mutant for mutant in (*SERVER, *WORKER)}
