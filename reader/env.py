"""Strict readers for environment variables: a value that makes no sense stops the program with a sentence."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def read_text(name: str, default: str = "") -> str:
    """Return the variable without surrounding white space; set but empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def read_bool(name: str, *, default: bool = False) -> bool:
    value = read_text(name, "1" if default else "0").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def read_choice(name: str, choices: tuple[str, ...], default: str) -> str:
    value = read_text(name, default).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def read_int(name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    value = read_text(name, str(default))
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def read_token(name: str) -> str:
    """Return a secret that opens something, or nothing when it is not set."""
    value = read_text(name)
    if value and (len(value) < 20 or not value.isascii() or not value.isprintable()):
        raise ImproperlyConfigured(f"{name} must have at least 20 plain characters.")
    return value


def read_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the comma-separated parts, without empty ones."""
    return [part.strip() for part in read_text(name, ",".join(default)).split(",") if part.strip()]


def read_path(name: str, default: Path) -> Path:
    return Path(read_text(name, str(default))).expanduser().resolve()


def read_bind(name: str, default: str) -> tuple[str, int]:
    """Return host and port of ``host:port``; IPv6 hosts stand in brackets."""
    value = read_text(name, default)
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ImproperlyConfigured(f"{name} must be host:port, for example 127.0.0.1:8000, not {value!r}.")
    return host.strip("[]"), int(port)


def read_public_url(name: str) -> str:
    """Return scheme and host of the address people use, such as ``https://teduh.example``, or nothing."""
    value = read_text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
        raise ImproperlyConfigured(
            f"{name} must be like https://teduh.example, without a path, not {value!r}."
        )
    return f"{parts.scheme}://{parts.netloc}" if value else ""


def read_parsed(name: str, parse: Callable[[str], T]) -> T:
    """Return ``parse`` of the variable; its ``ValueError`` becomes the sentence that stops the program."""
    try:
        return parse(read_text(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error
