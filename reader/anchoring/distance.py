"""Edit distance of short texts to places in longer ones, a machine word of characters at a time.

Myers' bit-parallel algorithm in Hyyrö's form, with Python's long integers as the words: a step a character of
the longer text, whatever the texts say. (G. Myers, "A fast bit-vector algorithm for approximate string
matching", 1999.)
"""

from collections.abc import Iterator


def find_ends(pattern: str, text: str, most: int) -> list[tuple[int, int]]:
    """Return where in the text something ends that is at most so far from the pattern, and how far it is.

    Of ends close to each other the nearest one stands for all.
    """
    found: list[tuple[int, int]] = []
    apart = max(1, len(pattern) // 2)
    for end, distance in enumerate(_walk(pattern, text, is_anchored=False), 1):
        if distance > most:
            continue
        if found and end - found[-1][0] < apart:
            if distance < found[-1][1]:
                found[-1] = (end, distance)
        else:
            found.append((end, distance))
    return found


def measure(pattern: str, text: str) -> int:
    """Return the distance between the two."""
    distance = len(pattern)
    for distance in _walk(pattern, text, is_anchored=True):  # noqa: B007 - the last one counts
        pass
    return distance if pattern else len(text)


def measure_beginning(pattern: str, text: str) -> tuple[int, int]:
    """Return how much of the text's beginning is nearest to the pattern, and how far that is.

    >>> measure_beginning("pohon", "pohn itu")
    (4, 1)
    """
    best = (0, len(pattern))
    for end, distance in enumerate(_walk(pattern, text, is_anchored=True), 1):
        if distance < best[1]:
            best = (end, distance)
    return best


def measure_end(pattern: str, text: str) -> tuple[int, int]:
    """Return how much of the text's end is nearest to the pattern, and how far that is."""
    return measure_beginning(pattern[::-1], text[::-1])


def _walk(pattern: str, text: str, *, is_anchored: bool) -> Iterator[int]:
    """Give the pattern's distance to what ends at each character; anchored, to all of the text up to it."""
    if not pattern:
        return
    masks: dict[str, int] = {}
    for place, character in enumerate(pattern):
        masks[character] = masks.get(character, 0) | 1 << place
    full, top = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    carry = int(is_anchored)
    plus, minus, distance = full, 0, len(pattern)
    for character in text:
        equal = masks.get(character, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        rising = minus | (full & ~(horizontal | plus))
        falling = plus & horizontal
        if rising & top:
            distance += 1
        elif falling & top:
            distance -= 1
        rising = (rising << 1 | carry) & full
        plus = (falling << 1) & full | (full & ~(vertical | rising))
        minus = rising & vertical
        yield distance
