"""Directives written into a rule: where they take effect, and each once."""

import pytest

from reader.sites.writing import add_directive, replace_directive

RULE = "# Contoh\ntitle: //h2\nbody: //main\nstrip: //nav\nstrip: //aside\ntest_url: https://a.example/\n"


@pytest.mark.parametrize(
    ("directive", "value", "expected"),
    [
        ("title", "//h1", RULE.replace("title: //h2", "title: //h1\ntitle: //h2")),
        ("strip", "//form", RULE.replace("strip: //aside", "strip: //aside\nstrip: //form")),
        ("strip", "//nav", RULE),
        ("author", "//b", RULE + "author: //b\n"),
    ],
)
def test_a_directive_stands_where_it_counts(directive: str, value: str, expected: str) -> None:
    assert add_directive(RULE, directive, value) == expected


def test_a_first_choice_that_is_there_already_is_moved_to_the_front() -> None:
    text = "body: //main\nbody: //article\n"
    assert add_directive(text, "body", "//article") == "body: //article\nbody: //main\n"


def test_another_choice_takes_the_place_of_the_one_that_was_written() -> None:
    assert replace_directive(RULE, "strip", "//nav", "//header") == RULE.replace("//nav", "//header")
    assert replace_directive("", "body", "//a", "//b") == "body: //b\n"
    assert replace_directive("strip: //a\nstrip: //b\n", "strip", "//a", "//b") == "strip: //b\n"
