"""The numbers by which near-equal texts find each other."""

import random

import pytest

from reader.stories import find_bands
from tests.stories import texts


@pytest.mark.parametrize("copy", [texts.AGENCY, texts.ON_ANOTHER_SITE, texts.WIRE.upper()])
def test_copies_share_a_number(copy: str) -> None:
    assert set(find_bands(texts.WIRE)) & set(find_bands(copy))


def test_other_stories_share_none() -> None:
    told = [texts.WIRE, texts.GOLD[0], texts.WEATHER[0], texts.PRAYER[0]]
    numbers = [number for text in told for number in set(find_bands(text))]

    assert len(numbers) == len(set(numbers)) == 4 * 6
    assert all(-(2**63) <= number < 2**63 for number in numbers)


def test_a_short_text_has_none() -> None:
    assert find_bands(texts.NOTICE) == ()
    assert find_bands("") == ()


def test_the_numbers_are_the_same_in_every_process() -> None:
    assert find_bands("satu dua tiga " * 40)[0] == 2314183180673493931


def test_nearly_every_copy_is_found() -> None:
    words = [f"kata{number}" for number in range(300)]
    chance = random.Random(5)
    found = 0
    for _ in range(100):
        changed = list(words)
        # Six words in three hundred leave about 0.89 of the runs.
        for place in chance.sample(range(300), 6):
            changed[place] = "lain"
        found += bool(set(find_bands(" ".join(words))) & set(find_bands(" ".join(changed))))

    assert found >= 97
