"""What a phone says of itself when it asks for its pages: what still lies on it, for whoever leads its owner. A batch says it
too, but of what was thrown away, found unreadable or overtaken by a batch that came late there may be none for days."""

from collections.abc import Mapping

from webapp.accounts.models import Device
from webapp.accounts.models.device import Lying
from webapp.foundation.db import as_id, db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash


def hear(device_id: str | None, user_id: str, said: Mapping[str, str]) -> None:
    """Note it, unless it is known or of another person's drawer than the session is of (docs/protocol.md)."""
    phone_id = as_id(said.get("device", ""))
    if not (device_id and phone_id) or said.get("user") != user_hash(user_id):
        return
    known, told = db.session.get(Device, device_id), (phone_id, Lying.read(said), said.get("build", ""))
    if known is None or known.is_known_to_hold(*told):
        return
    with gate.transaction():
        db.session.get_one(Device, device_id).holds(*told)
