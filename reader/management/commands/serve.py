"""`manage.py serve`: web server and worker in one supervised process tree."""

import errno
import signal
import socket
from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from reader.management.commands.work import run_worker
from reader.management.supervision import Service, Supervisor, run_in_child
from reader.services import setup


class _WebLogger(Logger):  # type: ignore[misc]  # gunicorn publishes no types
    """gunicorn's messages in the form of all others."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn publishes no types
    """gunicorn over an application that this process has already loaded."""

    def __init__(self, application: Any) -> None:
        self._application = application
        super().__init__()

    def load_config(self) -> None:
        host, port = settings.READER_BIND
        options = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": 2,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 8,
            # Addresses begin at the root. By default a header that a proxy passes on could say otherwise.
            "forwarder_headers": "",
            "loglevel": "warning",
            "logger_class": _WebLogger,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application


class Command(BaseCommand):
    help = "Prepare the data folder, then run the web server and the worker until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--web-only", action="store_true", help="no worker here; `manage.py work` runs elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_port()
        # In a child: compressing the static files takes 40 MB that would stay with every process.
        if run_in_child(partial(call_command, "prepare")):
            raise CommandError("The data folder could not be prepared; the lines above say why.")
        # Loaded only now: whitenoise looks at the collected files once.
        web_server = _WebServer(import_string(settings.WSGI_APPLICATION))
        self._greet()
        services = [Service("web", web_server.run, signal.SIGTERM)]
        if not options["web_only"]:
            services.append(Service("worker", run_worker, signal.SIGINT))
        Supervisor(services).run()
        self.stdout.write("Teduh has stopped; everything is kept.")

    def _check_port(self) -> None:
        """Say it in one sentence before anything starts; gunicorn would try for seconds first."""
        host, port = settings.READER_BIND
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise CommandError(
                        f"Port {port} on {host} is taken by another program. Stop that one, or choose "
                        "another port: READER_BIND=127.0.0.1:8001 make run"
                    ) from error
                raise CommandError(
                    f"Teduh cannot listen on {host}:{port} ({error.strerror}). Set READER_BIND to an address "
                    "of this machine and a port above 1023."
                ) from error

    def _greet(self) -> None:
        host, port = settings.READER_BIND
        self.stdout.write(
            f"Teduh is at {settings.READER_PUBLIC_URL or f'http://{host}:{port}'} (Ctrl-C stops it)"
        )
        if not setup.is_set_up():
            self.stdout.write(f"No user exists yet. The set-up code is: {setup.read_setup_code()}")
        self.stdout.flush()
