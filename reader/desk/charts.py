"""Small charts: bars of days, placed here and drawn by the browser as SVG, without a style or a script."""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.services.overseeing import Day

HEIGHT = 48
_STEP, _BAR = 10, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One day's bar: where it stands, how high it is, and how much of it is trouble."""

    x: int
    y: float
    height: float
    bad_y: float
    bad_height: float
    day: Day


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of some days, and what they add up to for those who do not see them."""

    width: int
    height: int
    bar_width: int
    bars: tuple[Bar, ...]
    most: int
    total: int
    bad: int


def make_chart(days: Iterable[Day]) -> Chart:
    """Place the bars; the highest fills the height, and a day with anything is never invisible."""
    listed = tuple(days)
    most = max((day.total for day in listed), default=0)

    def high(count: int) -> float:
        return round(max(HEIGHT * count / most, 1.5), 1) if count else 0.0

    bars = tuple(
        Bar(
            x=place * _STEP,
            y=HEIGHT - high(day.total),
            height=high(day.total),
            bad_y=HEIGHT - high(day.bad),
            bad_height=high(day.bad),
            day=day,
        )
        for place, day in enumerate(listed)
    )
    return Chart(
        width=len(listed) * _STEP,
        height=HEIGHT,
        bar_width=_BAR,
        bars=bars,
        most=most,
        total=sum(day.total for day in listed),
        bad=sum(day.bad for day in listed),
    )
