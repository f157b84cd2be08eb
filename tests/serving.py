"""Running the real `manage.py serve` in a test, with a data folder and a port of its own."""

import atexit
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def clean_environment(**variables: str) -> dict[str, str]:
    """Return this environment without a developer's own settings of Teduh, plus the given variables."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("READER_") and name not in {"DEBUG", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return {**kept, "PYTHONUNBUFFERED": "1", **variables}


def run_manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a management command that ends by itself within three minutes, on however busy a machine."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def find_tree(root: int) -> list[int]:
    """Return the process and all that came from it, parents first."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            found = re.search(r"^PPid:\t(\d+)$", status.read_text(), re.MULTILINE)
        except OSError:
            continue
        parents[int(status.parent.name)] = int(found[1]) if found else 0
    tree = [root]
    for pid in tree:
        tree += [child for child, parent in parents.items() if parent == pid]
    return tree


def read_cpu_seconds(pids: Iterable[int]) -> float:
    """Return what these processes have used, their ended children included."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until(is_true: Callable[[], object], seconds: float = 20, *, pause: float = 0.1) -> None:
    """Poll until the condition holds; fail the test after so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(pause)


@dataclass(frozen=True)
class RunningSite:
    """A served site: its address, data folder, supervisor process and the file it prints to."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    output_file: Path

    def output(self) -> str:
        return self.output_file.read_text()

    def is_alive(self) -> bool:
        return self._answers_well("/health/live")

    def is_ready(self) -> bool:
        return self._answers_well("/health/ready")

    def find_pid(self, service: str) -> int:
        """Return the process of the service ("web" or "worker") that was started last."""
        return int(re.findall(rf"\b{service} started, process (\d+)", self.output())[-1])

    def _answers_well(self, path: str) -> bool:
        try:
            return httpx.get(f"{self.url}{path}", timeout=5, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False


@cache
def _prepare_data_dir() -> Path:
    """Return a data folder as the first start makes it, for all tests to copy: to make one takes 10 s."""
    folder = tempfile.mkdtemp(prefix="teduh-prepared-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepared = run_manage("prepare", READER_DATA_DIR=folder)
    assert prepared.returncode == 0, prepared.stderr
    (Path(folder) / "secret-key").unlink()
    return Path(folder)


def copy_prepared(data_dir: Path, *, with_database: bool = True) -> None:
    """Make a data folder as the first start does, or one that lacks the database only."""
    shutil.copytree(_prepare_data_dir(), data_dir)
    if not with_database:
        for file in data_dir.glob("*.sqlite3*"):
            file.unlink()


@contextmanager
def running_site(
    folder: Path,
    *arguments: str,
    is_first_start: bool = False,
    data_dir: Path | None = None,
    port: int = 0,
    **variables: str,
) -> Iterator[RunningSite]:
    """Serve until the block ends, and insist on a clean stop.

    The data folder is below ``folder`` unless it is another site's. ``port`` is for a site that comes again.
    """
    port = port or find_free_port()
    data_dir, output_file = data_dir or folder / "data", folder / "output.txt"
    if not is_first_start and not data_dir.exists():
        copy_prepared(data_dir)
    environment = clean_environment(
        READER_DATA_DIR=str(data_dir), READER_BIND=f"127.0.0.1:{port}", **variables
    )
    with output_file.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = RunningSite(f"http://127.0.0.1:{port}", data_dir, process, output_file)
    try:
        wait_until(lambda: site.is_alive() or process.poll() is not None, 180)
        assert process.poll() is None, site.output()
        yield site
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            raise
