"""Log lines stay one line whatever a page or a person put into them, and tell no secret."""

import json
import logging
import sys
import time
from typing import Any

import pytest

from reader.log import JsonFormatter, TextFormatter, redact


def make_record(message: str, *arguments: object, **extra: Any) -> logging.LogRecord:
    record = logging.LogRecord("reader", logging.INFO, "", 0, message, arguments, None)
    vars(record).update(extra)
    return record


def fail(text: str) -> None:
    raise ValueError(text)


def make_failure(text: str) -> logging.LogRecord:
    record = make_record("gagal")
    try:
        fail(text)
    except ValueError:
        record.exc_info = sys.exc_info()
    return record


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("biasa", "INFO reader biasa"),
        ("dua\nbaris", "INFO reader dua\\nbaris"),
        ("\x1b[31mmerah\r", "INFO reader \\x1b[31mmerah\\x0d"),
        ("\x9b31mmerah", "INFO reader \\x9b31mmerah"),
        ("garis\u2028lain", "INFO reader garis\\u2028lain"),
        ("terbalik\u202eini", "INFO reader terbalik\\u202eini"),
        ("separuh\ud800", "INFO reader separuh\\ud800"),
        ("tab\tdan é", "INFO reader tab\tdan é"),
    ],
)
def test_control_characters_are_written_out(text: str, line: str) -> None:
    assert TextFormatter().format(make_record("%s", text)).partition(" ")[2] == line


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()], ids=["text", "json"])
@pytest.mark.parametrize(
    "text",
    ["a\nINFO forged", "\x1b]0;judul\x07", "\x7f\x85\u2029", "\ud83c", "x" * 1_000_000, "a\n" * 100_000],
)
def test_an_event_is_one_printable_line_in_every_format(formatter: logging.Formatter, text: str) -> None:
    for record in (make_record("%s", text), make_record("x", article=text), make_failure(text)):
        line = formatter.format(record)

        assert line.replace("\t", "").isprintable()
        assert len(line) < 60_000


def test_a_traceback_is_part_of_its_line_and_hides_passwords() -> None:
    record = make_failure("postgres://teduh:rahasia@db.example/teduh\nERROR forged")

    line = TextFormatter().format(record)

    assert "gagal | Traceback (most recent call last):\\n" in line
    assert "ValueError: postgres://db.example/teduh\\nERROR forged" in line
    assert "rahasia" not in line


def test_json_holds_time_level_logger_message_and_plain_extras() -> None:
    record = make_record("selesai: %s", "é\n", article=7, request=object(), code="ok")

    event = json.loads(JsonFormatter().format(record))

    assert event.pop("time").endswith("Z")
    assert event.pop("process") == record.process
    assert event == {
        "level": "info",
        "logger": "reader",
        "message": "selesai: é\n",
        "article": 7,
        "code": "ok",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("get https://a.example/x?token=abc&page=2", "get https://a.example/x?…"),
        ("get https://ann:pw@a.example:8443/x#kunci", "get https://a.example:8443/x#…"),
        ("get https://a.example/@ann/x", "get https://a.example/@ann/x"),
        ("http://a@b@c.example", "http://c.example"),
        ("(https://a.example/x?k=v), dan http://b.example", "(https://a.example/x?… dan http://b.example"),
        ("postgres://teduh:rahasia@db/teduh", "postgres://db/teduh"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("password=rahasia&x=1", "password=…&x=1"),
        ('{"api_key": "abc"}', '{"api_key": …'),
        ("/masuk?sessionid=abc; lain", "/masuk?sessionid=…; lain"),
        ("KeyError: 'judul'", "KeyError: 'judul'"),
        ("tidak ada rahasia di sini", "tidak ada rahasia di sini"),
    ],
)
def test_addresses_are_cut_and_secrets_left_out(text: str, told: str) -> None:
    assert redact(text) == told


@pytest.mark.parametrize("part", ["a://", "token", "token:", "token: ", "@", " "])
def test_hostile_text_costs_no_time(part: str) -> None:
    began = time.process_time()
    redact(part * 20_000)

    assert time.process_time() - began < 1
