"""The set-up code: the console's, forgiving to type, and worth nothing afterwards."""

import re

import pytest
from pytest_django import Settings

from reader.models import User
from reader.services import setup

pytestmark = pytest.mark.django_db


def test_the_code_is_the_same_in_every_process_and_differs_between_installations(settings: Settings) -> None:
    code = setup.read_setup_code()

    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code)
    assert setup.read_setup_code() == code
    settings.SECRET_KEY = "another" * 10
    assert setup.read_setup_code() != code


def test_the_code_may_be_typed_carelessly() -> None:
    code = setup.read_setup_code()

    assert setup.is_setup_code(f"  {code.lower().replace('-', ' ')} ")
    assert not setup.is_setup_code(code[:-1])
    assert not setup.is_setup_code("")
    assert not setup.is_setup_code("é" * 16)


def test_the_first_moderator_is_made_once() -> None:
    mia = setup.create_first_moderator(username="mia", password="rahasia-yang-panjang")

    assert mia is not None
    assert mia.is_staff
    assert setup.is_set_up()
    assert setup.create_first_moderator(username="eve", password="rahasia-yang-panjang") is None
    assert User.objects.count() == 1
