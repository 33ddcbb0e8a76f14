"""What phones say when they come by, for the rooms above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PhoneHas:
    """This device has all that the feed said up to `number`."""

    device_id: str
    number: int
