"""Archive and trash: each act can be undone and repeated."""

import pytest

from reader.models import SavedArticle, User
from reader.services import tidying
from tests.builders import make_saved

pytestmark = pytest.mark.django_db


def test_archive_and_back(ann: User) -> None:
    saved = make_saved(ann)
    place = saved.saved_at

    tidying.archive(saved=saved)
    assert list(SavedArticle.objects.of(ann).archived()) == [saved]
    first_time = saved.archived_at
    tidying.archive(saved=saved)
    assert saved.archived_at == first_time

    tidying.unarchive(saved=saved)
    assert list(SavedArticle.objects.of(ann).unread()) == [saved]
    assert saved.saved_at == place


def test_delete_and_back_keeps_the_list_it_was_on(ann: User) -> None:
    saved = make_saved(ann)
    tidying.archive(saved=saved)

    tidying.delete(saved=saved)
    assert not SavedArticle.objects.of(ann).present().exists()

    tidying.restore(saved=saved)
    assert list(SavedArticle.objects.of(ann).archived()) == [saved]
