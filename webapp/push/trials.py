"""An administrator's try of a channel: the same road as a notice takes, without a notice."""

from webapp.foundation import later
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.push import robots
from webapp.push.models import Channel
from webapp.push.models.delivery import SENT


@later.work
def try_channel(channel_id: str) -> None:
    channel = db.session.get(Channel, channel_id)
    if channel is None:
        return
    kind, secret, letter = channel.kind, channel.secret, robots.trial(channel.user.language)
    db.session.rollback()
    outcome = robots.tell(kind, secret, letter)
    with gate.transaction():
        db.session.get_one(Channel, channel_id).note("sent" if outcome.state == SENT else outcome.word)
