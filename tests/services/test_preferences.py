import pytest
from django.db import IntegrityError, transaction

from reader.models import User
from reader.services.preferences import reset_reading, set_reading


def test_what_is_named_is_kept_and_the_rest_stays(ann: User) -> None:
    set_reading(user=ann, values={"theme": "sepia", "text_size": 7, "saves_data": True})
    set_reading(user=ann, values={"face": "clear"})

    ann.refresh_from_db()
    assert (ann.theme, ann.face, ann.text_size, ann.saves_data) == ("sepia", "clear", 7, True)
    assert (ann.line_height, ann.text_width, ann.kept_offline) == (3, 3, 20)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("face", "comic"),
        ("text_size", 0),
        ("text_size", 10),
        ("line_height", 6),
        ("text_width", -1),
        ("kept_offline", 101),
        ("password", "a"),
        ("is_staff", True),
    ],
)
def test_what_there_is_not_changes_nothing(ann: User, name: str, value: object) -> None:
    before = User.objects.filter(pk=ann.pk).values().get()

    set_reading(user=ann, values={name: value})

    assert User.objects.filter(pk=ann.pk).values().get() == before


def test_the_usual_look_comes_back_and_what_reading_does_stays(ann: User) -> None:
    set_reading(user=ann, values={"theme": "black", "is_justified": True, "archives_at_end": True})

    reset_reading(user=ann)

    ann.refresh_from_db()
    assert (ann.theme, ann.is_justified, ann.archives_at_end) == ("", False, True)


def test_the_table_itself_knows_the_steps(ann: User) -> None:
    for values in ({"text_size": 0}, {"line_height": 9}, {"text_width": 6}, {"kept_offline": 1000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=ann.pk).update(**values)
