"""`manage.py serve` as an operator meets it: real processes, real ports, real signals."""

import json
import os
import re
import signal
import socket
import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.serving import find_free_port, run_manage, running_site, wait_until


def find_children(parent: int) -> dict[str, int]:
    """Return the supervisor's children by name, from what it printed of them."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        if re.search(rf"^PPid:\t{parent}$", status, re.MULTILINE):
            found[folder.name] = int(folder.name)
    return found


def test_it_serves_restarts_what_dies_and_stops_cleanly(tmp_path: Path) -> None:
    with running_site(tmp_path, is_first_start=True) as site:
        assert re.search(r"set-up code is: ([A-Z2-7]{4}-){3}[A-Z2-7]{4}", site.output())
        for service in ("worker", "web"):
            victim = site.find_pid(service)
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda service=service, victim=victim: site.find_pid(service) != victim)  # type: ignore[misc]
        wait_until(site.is_alive)
        children = find_children(site.process.pid)
        assert len(children) == 2
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(20) == 0

    assert "everything is kept" in site.output()
    assert not any(Path(f"/proc/{pid}").exists() for pid in children.values())
    with sqlite3.connect(site.data_dir / "teduh.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_children_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        children = find_children(site.process.pid)
        site.process.kill()
        site.process.wait()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()))


def test_a_second_start_keeps_the_secret_key_and_the_data(tmp_path: Path) -> None:
    with running_site(tmp_path) as site:
        key = (site.data_dir / "secret-key").read_text()
        assert (site.data_dir / "secret-key").stat().st_mode & 0o077 == 0
    with running_site(tmp_path) as site:
        assert (site.data_dir / "secret-key").read_text() == key


def test_it_becomes_ready_tells_its_numbers_and_logs_an_event_a_line(tmp_path: Path) -> None:
    token = "sebuah-token-yang-cukup-panjang"
    with running_site(tmp_path, READER_LOG_FORMAT="json", READER_METRICS_TOKEN=token) as site:

        def get(path: str, **headers: str) -> httpx.Response:
            return httpx.get(f"{site.url}{path}", headers=headers, timeout=20, trust_env=False)

        wait_until(lambda: get("/health/ready").status_code == 200)
        # Nobody says by a header where addresses begin.
        assert get("/lain/health/live", SCRIPT_NAME="/lain").status_code != 200
        assert get("/metrics").status_code == 401
        # gunicorn warns of a body where there is to be none.
        assert httpx.head(f"{site.url}/setup/", timeout=20, trust_env=False).status_code == 200
        assert "teduh_sweep_age_seconds " in get("/metrics", Authorization=f"Bearer {token}").text
        get("/tidak%0aada%1b[31m", Host="jahat.example")
        with socket.create_connection(("127.0.0.1", int(site.url.rpartition(":")[2]))) as raw:
            raw.sendall(b"GET /\x1b[31m\nERROR forged HTTP/1.1\r\n\r\n")
            raw.recv(1000)
        os.kill(site.find_pid("worker"), signal.SIGKILL)
        wait_until(lambda: site.output().count("worker started") == 2)

    lines = site.output().splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    # The rest is what the command itself says to whoever started it.
    assert len([line for line in lines if not line.startswith("{")]) == 3
    assert {"reader.management.supervision", "django.security.DisallowedHost", "gunicorn.error"} <= {
        event["logger"] for event in events
    }
    assert "body bytes" not in site.output()
    assert site.output().replace("\n", "").isprintable()


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    port = find_free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        result = run_manage("serve", READER_DATA_DIR=str(tmp_path), READER_BIND=f"127.0.0.1:{port}")

    assert result.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken by another program" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"READER_DATA_DIR": "/dev/null/data"}, "data folder /dev/null/data cannot be written"),
        ({"READER_BIND": "8000"}, "READER_BIND must be host:port"),
        ({"READER_SIGNUP": "maybe"}, "READER_SIGNUP must be one of"),
        ({"READER_SECRET_KEY": "short"}, "READER_SECRET_KEY must have at least 50"),
        ({"DEBUG": "perhaps"}, "DEBUG must be true or false"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must name SQLite or PostgreSQL"),
        ({"READER_PUBLIC_URL": "teduh.example"}, "READER_PUBLIC_URL must be like https://teduh.example"),
        ({"READER_FETCH_RESOLVE": "nonsense", "DEBUG": "1"}, "READER_FETCH_RESOLVE"),
        ({"READER_FETCH_RESOLVE": "example.org=127.0.0.1:8100"}, "development only"),
        ({"READER_SITE_RULES_DIR": "/nowhere/rules"}, "there is no folder /nowhere/rules"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_setting_that_makes_no_sense_stops_it_with_a_sentence(
    tmp_path: Path, variables: dict[str, str], sentence: str
) -> None:
    result = run_manage("check", **{"READER_DATA_DIR": str(tmp_path), **variables})

    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_misspelt_variable_is_noticed(tmp_path: Path) -> None:
    result = run_manage("check", READER_DATA_DIR=str(tmp_path), READER_SINGUP="open")

    assert "READER_SINGUP means nothing" in result.stderr


def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    result = run_manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        READER_DATA_DIR=str(tmp_path),
        READER_PUBLIC_URL="https://teduh.example",
    )

    assert result.returncode == 0, result.stderr
