"""Log lines stay one line whatever a page or a person put into them."""

import logging

import pytest

from reader.log import SafeFormatter


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("biasa", "INFO biasa"),
        ("dua\nbaris", "INFO dua\\x0abaris"),
        ("\x1b[31mmerah\r", "INFO \\x1b[31mmerah\\x0d"),
        ("garis\u2028lain", "INFO garis\\x2028lain"),
        ("tab\tdan é", "INFO tab\tdan é"),
    ],
)
def test_control_characters_are_escaped(text: str, line: str) -> None:
    record = logging.LogRecord("reader", logging.INFO, "", 0, "%s", (text,), None)

    assert SafeFormatter("{levelname} {message}", style="{").format(record) == line
