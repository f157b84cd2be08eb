"""Which texts are one story, and which only look like it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.stories import Story, is_same_story
from tests.stories import texts

DAY, NEXT = date(2020, 11, 10), date(2020, 11, 11)


def is_same(one: str, other: str, days: tuple[date | None, date | None] = (DAY, DAY)) -> bool:
    pair = Story(text=one, published_on=days[0]), Story(text=other, published_on=days[1])
    forth, back = is_same_story(*pair), is_same_story(*pair[::-1])
    assert forth is back
    return forth


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        pytest.param(texts.WIRE, texts.AGENCY, (DAY, DAY), id="dateline and sign-off"),
        pytest.param(
            texts.AGENCY, texts.ON_ANOTHER_SITE, (DAY, DAY), id="another dateline, the day in brackets"
        ),
        pytest.param(texts.AGENCY, texts.WIRE.upper(), (DAY, DAY), id="capitals"),
        pytest.param(
            texts.AGENCY, texts.WIRE.replace("Rp 86", "Rp86"), (DAY, DAY), id="a sum written together"
        ),
        pytest.param(texts.AGENCY, texts.WIRE.replace("Menurut dia", "Menurutnya"), (DAY, DAY), id="a word"),
        pytest.param(texts.WIRE, texts.AGENCY, (DAY, NEXT), id="printed the next day"),
        pytest.param(texts.WIRE, texts.WIRE, (None, DAY), id="one day unknown"),
        pytest.param(
            texts.WIRE, texts.AGENCY, (DAY, date(2023, 1, 1)), id="published again with another number"
        ),
    ],
)
def test_copies_of_a_story_are_the_same(one: str, other: str, days: tuple[date | None, date | None]) -> None:
    assert is_same(one, other, days)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        pytest.param(texts.AGENCY, texts.SAME_EVENT, (DAY, DAY), id="one event, a paragraph in common"),
        pytest.param(*texts.GOLD, (DAY, NEXT), id="gold"),
        pytest.param(*texts.GOLD, (DAY, DAY), id="gold twice a day"),
        pytest.param(*texts.WEATHER, (DAY, NEXT), id="weather"),
        pytest.param(*texts.WEATHER, (DAY, DAY), id="weather twice a day"),
        pytest.param(*texts.WEATHER_IN_WORDS, (DAY, NEXT), id="weather without figures"),
        pytest.param(*texts.WEATHER_IN_WORDS, (None, None), id="weather without figures and days"),
        pytest.param(*texts.PRAYER, (DAY, NEXT), id="prayer times that differ by the weekday alone"),
        pytest.param(texts.WIRE, texts.WIRE.replace("1.340", "1.430"), (DAY, DAY), id="a number corrected"),
        pytest.param(texts.NOTICE, texts.NOTICE, (DAY, DAY), id="too short to go by"),
        pytest.param(
            texts.WIRE, f"{texts.WIRE}\n\n{texts.WEATHER[0]}", (DAY, DAY), id="a story in a longer one"
        ),
        pytest.param("", "", (DAY, DAY), id="nothing"),
    ],
)
def test_what_only_looks_alike_is_not(one: str, other: str, days: tuple[date | None, date | None]) -> None:
    assert not is_same(one, other, days)


def test_at_one_address_a_part_is_the_same_story_and_another_text_is_not() -> None:
    whole, part = Story(text=texts.WIRE), Story(text=texts.NOTICE)

    assert is_same_story(whole, part, is_at_one_address=True)
    assert is_same_story(part, whole, is_at_one_address=True)
    assert not is_same_story(whole, Story(text=texts.GOLD[0]), is_at_one_address=True)
    assert not is_same_story(whole, Story(text="Pemerintah Kabupaten Sukamaju mulai"), is_at_one_address=True)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    is_same(one * 10, other * 10)
