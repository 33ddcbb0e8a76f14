from sqlalchemy import Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column


class Company:
    """What is written on the gate: names, place, how to reach it, where it came from. Positions are WGS 84 degrees."""

    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(60), default="", index=True)
    industry: Mapped[str] = mapped_column(String(60), default="")
    area: Mapped[str] = mapped_column(String(60), default="")
    city: Mapped[str] = mapped_column(String(60), default="")
    district: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    phone: Mapped[str] = mapped_column(String(60), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(30), default="")
    key_rank: Mapped[int | None] = mapped_column(Integer)

    @property
    def title(self) -> str:
        """What one calls it: the short name if there is one."""
        return self.short_name or self.name

    @property
    def place(self) -> tuple[float, float] | None:
        """(latitude, longitude) if both are known."""
        known = self.latitude is not None and self.longitude is not None
        return (self.latitude, self.longitude) if known else None  # type: ignore[return-value]

    def stands_at(self, latitude: str | None, longitude: str | None) -> bool:
        """Keep the position of the door, in degrees as a phone sends it; false if that is none."""
        try:
            place = float(latitude or ""), float(longitude or "")
        except ValueError:
            return False
        if not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
            return False
        self.latitude, self.longitude = place
        return True
