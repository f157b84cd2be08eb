"""What lists, orders and filters are called."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES: dict[str, Promise] = {
    "list": gettext_lazy("Unread"),
    "archive": gettext_lazy("Archive"),
    "starred": gettext_lazy("Starred"),
    "all": gettext_lazy("All"),
    "trash": gettext_lazy("Trash"),
}
SORT_LABELS: dict[str, Promise] = {
    "saved": gettext_lazy("Newest saved"),
    "oldest": gettext_lazy("Oldest saved"),
    "published": gettext_lazy("Newest published"),
    "title": gettext_lazy("Title"),
    "short": gettext_lazy("Shortest"),
    "long": gettext_lazy("Longest"),
    "deleted": gettext_lazy("Last deleted"),
}
STATE_LABELS: dict[str, Promise] = {
    "ready": gettext_lazy("Ready to read"),
    "partial": gettext_lazy("Not complete"),
    "pending": gettext_lazy("On its way"),
    "failed": gettext_lazy("Not fetched"),
}
LENGTH_LABELS: dict[str, Promise] = {
    "short": gettext_lazy("Up to 4 minutes"),
    "medium": gettext_lazy("5 to 10 minutes"),
    "long": gettext_lazy("More than 10 minutes"),
}


def describe_narrowing(narrowing: Mapping[str, str], tag_name: str) -> Iterator[tuple[str, str]]:
    """Give each thing that narrows a list, by name, and its words."""
    for name, value in narrowing.items():
        if name == "state":
            yield name, str(STATE_LABELS[value])
        elif name == "length":
            yield name, str(LENGTH_LABELS[value])
        elif name == "tag":
            yield name, _("Tag: %(name)s") % {"name": tag_name}
        elif name == "site":
            yield name, _("Site: %(name)s") % {"name": value}
        elif name == "section":
            yield name, _("Section: %(name)s") % {"name": value}
        elif name == "author":
            yield name, _("Author: %(name)s") % {"name": value}
        elif name == "highlighted":
            yield name, _("With highlights")
