import hashlib


def user_hash(user_id: str) -> str:
    """How a page and a phone name their user without saying who it is: the first 16 hex digits of the id's SHA-256."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:16]
