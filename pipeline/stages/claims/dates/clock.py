"""The day that relative dates are counted from, and where a text looks from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The day that expressions are counted from, and where the text looks from it."""

    today: date
    tense: Tense | None = None

    @property
    def future(self) -> bool:
        """Whether the text looks ahead."""
        return self.tense == "future"

    def nearest(self, days: Sequence[date]) -> date:
        """Return the day nearest to today, on the side that the text looks to."""
        ahead = [day for day in days if self.future and day >= self.today]
        past = [day for day in days if self.tense == "past" and day <= self.today]
        return min(ahead or past or days, key=lambda day: abs(day - self.today))
