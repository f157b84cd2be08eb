"""Writing a directive into the text of a rule, where it takes effect; pure."""

import re

# Of these the first line that finds anything is used; of the others every line.
FIRST_WINS = frozenset({"title", "author", "date", "body"})

_DIRECTIVE = re.compile(r"\s*([A-Za-z_]+)\s*:")


def add_directive(text: str, directive: str, value: str) -> str:
    """The rule with ``directive: value``: before the first of its kind where that wins, else after the last.

    A line that is there already is moved where the first wins, and stays where it is otherwise.

    >>> add_directive("title: //h1\\nstrip: //nav\\n", "title", "//h2")
    'title: //h2\\ntitle: //h1\\nstrip: //nav\\n'
    """
    line = f"{directive}: {value}"
    lines = text.splitlines()
    is_first = directive in FIRST_WINS
    if not is_first and line in lines:
        return text
    if is_first:
        lines = [each for each in lines if each != line]
    places = [number for number, each in enumerate(lines) if _is_of(each, directive)]
    if places:
        lines.insert(places[0] if is_first else places[-1] + 1, line)
    else:
        lines.append(line)
    return "\n".join(lines) + "\n"


def replace_directive(text: str, directive: str, old: str, new: str) -> str:
    """The rule with another value in the place of one that ``add_directive`` wrote."""
    before, after = f"{directive}: {old}", f"{directive}: {new}"
    lines = text.splitlines()
    if before not in lines:
        return add_directive(text, directive, new)
    lines = [each for each in lines if each != after]
    lines[lines.index(before)] = after
    return "\n".join(lines) + "\n"


def _is_of(line: str, directive: str) -> bool:
    match = _DIRECTIVE.match(line)
    return match is not None and match[1].lower() == directive
