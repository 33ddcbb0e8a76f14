"""Where customers are, as the database sees it."""

from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement

from webapp.customers.models import Customer


def away(place: tuple[float, float]) -> ColumnElement[Any]:
    """Something that grows with the distance from (latitude, longitude): the square of degrees on the flat, good for an order
    within a few hundred kilometres."""
    latitude, longitude = place
    north = Customer.latitude - latitude
    east = (Customer.longitude - longitude) * cos(radians(latitude))
    return north * north + east * east
