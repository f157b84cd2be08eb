"""Log lines that untrusted text cannot break: one event, one line, no terminal controls, no secrets."""

import json
import logging
import re
import time

# Controls and halves of characters; the line ends of Unicode, and what turns the direction of text around.
_CONTROL = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
_ADDRESS = re.compile(r"(://)([^\s\"'<>\\]+)")
_SECRET = re.compile(
    r"(?i)\b((?:access_?|api_?|auth_?|refresh_?|csrf_?|session_?)?(?:token|key|password|passwd|secret)s?"
    r"|authorization|sessionid|cookie)(\"?'?\s{0,3}[=:]\s{0,3}(?:bearer |basic )?)([^\s&,;]+)"
)
_MAX_MESSAGE, _MAX_TRACE = 4_000, 20_000
_PLAIN_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """Return the text with addresses cut to scheme, host and path, and the values of secrets left out.

    >>> redact("GET https://ann:pw@a.example/x?token=1#y and password=abc")
    'GET https://a.example/x?… and password=…'
    """
    return _SECRET.sub(r"\1\2…", _ADDRESS.sub(lambda found: found[1] + _cut_address(found[2]), text))


def escape(text: str) -> str:
    """Return the text with everything that could begin a line or steer a terminal written out."""
    return _CONTROL.sub(_write_out, text)


class TextFormatter(logging.Formatter):
    """A line for people: time, level, logger, message, and a traceback with its line ends written out."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {_message_of(record)}"
        trace = self._trace_of(record)
        return escape(f"{line} | {trace}" if trace else line)

    def _trace_of(self, record: logging.LogRecord) -> str:
        """Return traceback and stack, the end of them when they are long: there it says what happened."""
        parts = [self.formatException(record.exc_info)] if record.exc_info else []
        parts += [self.formatStack(record.stack_info)] if record.stack_info else []
        return redact("\n".join(parts))[-_MAX_TRACE:]


class JsonFormatter(TextFormatter):
    """An object a line, for programs; plain values given as ``extra`` are members of it."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, object] = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message_of(record),
            "process": record.process,
        }
        for name, value in vars(record).items():
            if name not in _PLAIN_RECORD and isinstance(value, str | int | float | bool):
                event.setdefault(name, redact(value)[:_MAX_MESSAGE] if isinstance(value, str) else value)
        if trace := self._trace_of(record):
            event["exception"] = trace
        # ASCII only: what could break a line or a terminal is written out by the encoding itself.
        return json.dumps(event).replace("\x7f", "\\u007f")


def _message_of(record: logging.LogRecord) -> str:
    text = redact(record.getMessage()[: 2 * _MAX_MESSAGE])
    return text if len(text) <= _MAX_MESSAGE else text[:_MAX_MESSAGE] + "…"


def _cut_address(rest: str) -> str:
    """Leave the user and what follows the path out of an address without its scheme."""
    before, mark, _ = rest.partition("?")
    if not mark:
        before, mark, _ = rest.partition("#")
    host, slash, path = before.partition("/")
    return host.rpartition("@")[2] + slash + path + (f"{mark}…" if mark else "")


def _write_out(found: re.Match[str]) -> str:
    if found[0] == "\n":
        return "\\n"
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
