"""The texts of a track, line by line."""

from typing import Any

from webapp.playbook.models.figure import Figure, figures_in


class Readable:
    """What a track says, as pages show it."""

    @property
    def heard_lines(self: Any) -> list[str]:
        return [line for line in self.heard.splitlines() if line.strip()]

    @property
    def figure_lines(self: Any) -> list[Figure]:
        return figures_in(self.figures)

    def spoken(self: Any, part: str) -> list[tuple[str, bool]]:
        """The lines of a part, each with whether it is said aloud; a reminder comes without its brackets."""
        lines = [line.strip() for line in (getattr(self, part) or "").splitlines() if line.strip()]
        return [(line[1:-1], False) if line[0] in "（(" and line[-1] in "）)" else (line, True) for line in lines]
