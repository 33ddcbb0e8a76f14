"""Visits as a calendar holds them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, request
from icalendar import Alarm, Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.visits.models import DayPlan, Stop
from webapp.visits.words import PURPOSES

BEHIND, AHEAD = timedelta(days=7), timedelta(days=42)
LENGTH = timedelta(minutes=45)
BEFORE = timedelta(minutes=30)


def feed_of(user: User, today: date) -> bytes:
    """Everything from last week to six weeks ahead. Two queries."""
    return _calendar(user, _stops(user, today - BEHIND, today + AHEAD))


def day_of(user: User, day: date) -> bytes:
    """One day's visits."""
    return _calendar(user, _stops(user, day, day))


def _stops(user: User, first: date, last: date) -> list[Stop]:
    planned = select(Stop).join(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day.between(first, last))
    planned = planned.options(joinedload(Stop.plan), joinedload(Stop.customer))
    return list(db.session.scalars(planned.order_by(DayPlan.day, Stop.position)))


def _calendar(user: User, stops: list[Stop]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Doorstep//Doorstep//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("登门：%(name)s的拜访", name=user.name))
    zone = ZoneInfo(user.zone or current_app.config["SETTINGS"].default_zone)
    for stop in stops:
        calendar.add_component(_event(stop, zone))
    return bytes(calendar.to_ical())


def _event(stop: Stop, zone: ZoneInfo) -> Event:
    event, day = Event(), stop.plan.day
    event.add("uid", f"{stop.id}@doorstep")
    event.add("dtstamp", clock.here())
    event.add("summary", f"{stop.customer.title} · {PURPOSES.get(stop.purpose, '')}".rstrip(" ·"))
    event.add("description", stop.objective)
    event.add("location", " ".join(part for part in (stop.customer.city, stop.customer.address) if part))
    event.add("url", f"{request.host_url}customers/{stop.customer_id}")
    if stop.at:
        start = datetime.combine(day, time.fromisoformat(stop.at), zone)
        event.add("dtstart", start.astimezone(ZoneInfo("UTC")))
        event.add("dtend", (start + LENGTH).astimezone(ZoneInfo("UTC")))
        event.add_component(_alarm(str(stop.customer.title)))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -BEFORE)
    return alarm
