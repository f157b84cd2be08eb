"""From a name to the addresses that it has now, within a time; which of them are public is not asked here."""

import queue
import socket
import threading

from reader.errors import NameNotFound, TimedOut
from reader.fetching.policy import Resolver


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system finds for the name, each once, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def look_up(host: str, port: int, resolver: Resolver, seconds: float) -> list[str]:
    """Return the addresses of the name (at least one), or raise NameNotFound or TimedOut.

    The system's resolver cannot be interrupted, so a thread waits for it and is left behind when late.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, ValueError) as error:  # no such name; a name that cannot be asked for
            answers.put(error)

    threading.Thread(target=ask, name="name lookup", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TimedOut(f"no address for {host} in time") from error
    if isinstance(answer, Exception):
        raise NameNotFound(f"{host}: {answer}") from answer
    if not answer:
        raise NameNotFound(host)
    return answer
