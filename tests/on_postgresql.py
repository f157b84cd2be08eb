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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOMS = [
    "tests/models",
    "tests/services",
    "tests/ingest",
    "tests/admin",
    "tests/web",
    "tests/backup",
    "tests/search",
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


@contextmanager
def running_server(programs: Path) -> Iterator[str]:
    """Start a server with a cluster of its own that listens on a socket only; give its DATABASE_URL."""
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
        try:
            yield f"postgres://teduh@{folder.replace('/', '%2F')}/postgres"
        finally:
            run(str(programs / "pg_ctl"), "-D", cluster, "-m", "immediate", "stop")


def main() -> int:
    programs = find_server_programs()
    if programs is None:
        print("PostgreSQL: skipped, there is no server program (initdb) here.")
        return 1 if os.environ.get("TESTS_ALLOW_NO_SKIP") else 0
    with running_server(programs) as url:
        command = [sys.executable, "-m", "pytest", "-q", *SHARING, *(sys.argv[1:] or ROOMS)]
        env = {**os.environ, "DATABASE_URL": url, "TESTS_OF_DATABASE_ONLY": "1"}
        return subprocess.run(command, check=False, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
