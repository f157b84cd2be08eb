"""Run the tests that use the database once more, on a PostgreSQL server started for them.

`python -m tests.on_postgresql [TEST ...]`: those of all rooms with tables, or only the named ones; where no
server program is installed it says so and ends well, unless TESTS_ALLOW_NO_SKIP is set.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOMS = [
    "tests/models",
    "tests/services",
    "tests/ingest",
    "tests/admin",
    "tests/web",
    "tests/backup",
    "tests/search",
    "tests/test_auditing.py",
    "tests/test_noticing.py",
]
# What starts whole servers runs on SQLite whatever is set; the others share the cores.
SHARING = ["--numprocesses", "auto", "--dist", "loadfile", "--ignore=tests/ingest/test_served.py"]


def find_server_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl: on the path, else the newest of Debian's."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class RunningServer:
    """A server that runs: its DATABASE_URL, and how it is restarted as after a crash."""

    url: str
    crash_and_start: Callable[[], None]


@contextmanager
def running_server(programs: Path) -> Iterator[RunningServer]:
    """Start a server with a cluster of its own that listens on a socket only."""
    with tempfile.TemporaryDirectory(prefix="teduh-pg-") as folder:
        account = None
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        cluster = f"{folder}/cluster"

        def run(*command: str) -> None:
            subprocess.run(
                command, check=True, user=account and account.pw_uid, cwd=folder, stdout=subprocess.DEVNULL
            )

        run(str(programs / "initdb"), "-D", cluster, "-U", "teduh", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run(str(programs / "pg_ctl"), "-D", cluster, "-w", "-l", f"{folder}/log", "-o", options, "start")

        def crash_and_start() -> None:
            log = ("-l", f"{folder}/log")
            run(str(programs / "pg_ctl"), "-D", cluster, "-w", *log, "-m", "immediate", "restart")

        try:
            yield RunningServer(f"postgres://teduh@{folder.replace('/', '%2F')}/postgres", crash_and_start)
        finally:
            run(str(programs / "pg_ctl"), "-D", cluster, "-m", "immediate", "stop")


def main() -> int:
    programs = find_server_programs()
    if programs is None:
        print("PostgreSQL: skipped, there is no server program (initdb) here.")
        return 1 if os.environ.get("TESTS_ALLOW_NO_SKIP") else 0
    with running_server(programs) as server:
        command = [sys.executable, "-m", "pytest", "-q", *SHARING, *(sys.argv[1:] or ROOMS)]
        env = {**os.environ, "DATABASE_URL": server.url, "TESTS_OF_DATABASE_ONLY": "1"}
        return subprocess.run(command, check=False, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
