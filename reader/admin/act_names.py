"""What the audit log calls the acts: one table from their codes to words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACT_NAMES: dict[str, Promise] = {
    "article.refetch": _("Articles fetched again"),
    "article.retry": _("Failed articles fetched again"),
    "article.reextract": _("Articles read anew"),
    "article.take_down": _("Article taken down"),
    "article.restore": _("Article restored"),
    "site.policy": _("Site policy set"),
    "site.policy_removed": _("Site policy removed"),
    "site.reextract": _("Site read anew"),
    "report.claim": _("Report taken"),
    "report.release": _("Report put back"),
    "report.answer": _("Report answered"),
    "report.resolve": _("Report resolved"),
    "report.reject": _("Report rejected"),
    "report.reopen": _("Report opened again"),
    "rule.publish": _("Site rule published"),
    "rule.restore": _("Earlier site rule put in force"),
    "rule.withdraw": _("Site rule withdrawn"),
    "person.role": _("Role given or taken"),
    "person.make": _("Account made"),
    "person.edit": _("Account changed"),
    "person.password": _("Password set"),
    "person.limits": _("Limits of a person set"),
    "person.invite": _("Invitation made"),
    "person.uninvite": _("Invitation revoked"),
    "person.approve": _("Account approved"),
    "person.decline": _("Account declined"),
    "person.suspend": _("Person suspended"),
    "person.readmit": _("Person let in again"),
    "person.leave": _("Account to be deleted"),
    "person.stay": _("Account kept after all"),
    "setting.people": _("House rules changed"),
}


def name_act(code: str) -> str:
    """Return the act in words; one of a later version by its code."""
    return str(ACT_NAMES.get(code, code))
