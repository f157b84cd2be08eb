"""A rule's literal replacements on the raw page, before it is parsed."""

# More than any honest replacement adds; one that turns each "e" into a kilobyte stays undone.
MAX_GROWTH = 2
MAX_ADDED_CHARS = 100_000


def replace_strings(text: str, replacements: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Replace one after the other; a line for the trace, or "", names what would blow the page up.

    >>> replace_strings("<hr>a", (("<hr>", "<br>"),))
    ('<br>a', '')
    """
    most = len(text) * MAX_GROWTH + MAX_ADDED_CHARS
    refused = []
    for found, wanted in replacements:
        added = (len(wanted) - len(found)) * text.count(found) if len(wanted) > len(found) else 0
        if len(text) + added <= most:
            text = text.replace(found, wanted)
        else:
            refused.append(found[:40])
    return text, f"site rule: replacements of {refused[:5]} would blow the page up" if refused else ""
