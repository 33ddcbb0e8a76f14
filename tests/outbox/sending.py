"""A phone, as the tests play it: entries, batches, photos by pieces."""

import gzip
import hashlib
import io
import json
from typing import Any

from PIL import Image

from webapp.customers.models import Customer
from webapp.foundation.db import new_id
from webapp.outbox.user_hash import user_hash

WORDS = [["purpose", "service"], ["result", "progress"], ["needs", "一年一换"]]


def an_entry(customer: Customer, **values: Any) -> dict[str, Any]:
    address = {"scope": customer.id, "action": f"/customers/{customer.id}/{values.pop('noun', 'reports')}"}
    return {"id": new_id(), "seq": 1, **address, "fields": WORDS, **values}


def a_batch(user: Any, *entries: dict[str, Any], **values: Any) -> dict[str, Any]:
    envelope = {"protocol": 1, "batch_id": new_id(), "user": user_hash(user.id), "device": new_id()}
    return {**envelope, "entries": list(entries), **values}


def send(client: Any, user: Any, *entries: dict[str, Any], **values: Any) -> Any:
    body = gzip.compress(json.dumps(a_batch(user, *entries, **values)).encode())
    return client.post("/outbox", data=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


def results(answer: Any) -> list[str]:
    return [one["result"] for one in answer.json["answers"]]


def a_photo(colour: str = "green") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return file.getvalue()


def announced(content: bytes, **values: Any) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    about = {"name": "photos", "filename": "铭牌.jpg", "sha256": digest, "size": len(content), "type": "image/jpeg"}
    return {"id": new_id(), **about, **values}


def bring(client: Any, photo: dict[str, Any], content: bytes) -> Any:
    """All of a small photo in one piece."""
    return client.patch(f"/attachments/{photo['id']}/pieces", data=content, headers={"Upload-Offset": "0"})
