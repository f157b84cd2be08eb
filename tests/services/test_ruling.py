"""Acts upon rules at the same moment, in many threads: once each, and none lost."""

import pytest
from django.utils import timezone

from reader.errors import ExtractionInterrupted, RuleChanged, RuleTooSlow
from reader.models import AuditEntry, Reextraction, RuleTrial, SiteRule, SiteRuleRevision, User
from reader.services import ruling
from tests.services.at_once import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "berita.example"


def test_drafts_begun_at_the_same_moment_are_one_and_the_others_are_told(mia: User) -> None:
    texts = iter([f"body: //p[{number}]\n" for number in range(1, 7)])
    told: list[RuleChanged] = []

    def begin() -> str:
        text = next(texts)
        try:
            return ruling.save_draft(moderator=mia, host=HOST, text=text, version=0).draft
        except RuleChanged as error:
            told.append(error)
            return ""

    kept = [text for text in run_at_once(6, begin) if text]

    assert len(kept) == 1
    assert len(told) == 5
    assert SiteRule.objects.get().draft == kept[0]


def test_a_rule_published_by_many_at_once_is_published_once(mia: User) -> None:
    rule = SiteRule.objects.create(host=HOST, draft="body: //p\n", changed_at=timezone.now())

    def publish() -> bool:
        made = ruling.publish(moderator=mia, host=HOST, version=rule.version, reason="sebab")
        return made is not None

    assert sorted(run_at_once(5, publish)) == [False, False, False, False, True]
    assert SiteRuleRevision.objects.count() == Reextraction.objects.count() == 1
    assert AuditEntry.objects.filter(act="rule.publish").count() == 1


def test_trials_begun_at_once_are_one(mia: User) -> None:
    rule = SiteRule.objects.create(host=HOST, draft="body: //p\n", changed_at=timezone.now())

    begun = run_at_once(4, lambda: ruling.begin_trial(host=HOST, version=rule.version).pk)

    assert len(begun) == 4
    assert set(begun) == {RuleTrial.objects.get().pk}


def test_a_draft_whose_reading_is_killed_is_told_like_one_that_is_too_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_args: object) -> None:
        raise ExtractionInterrupted("its process ended")

    monkeypatch.setattr(ruling, "run_within", die)
    with pytest.raises(RuleTooSlow):
        ruling.check_rule("body: //p\n", HOST)
