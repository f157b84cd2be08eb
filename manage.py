#!/usr/bin/env python3
"""Teduh's command line: `manage.py help` lists the commands."""

import os
import sys


def main():  # type: () -> None
    if sys.version_info < (3, 11):
        sys.exit("Teduh needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed here. Run `make install`, then use .venv/bin/python manage.py.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit("Teduh cannot start: %s" % error)


if __name__ == "__main__":
    main()
