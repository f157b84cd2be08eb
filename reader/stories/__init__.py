"""Whether two texts tell one and the same story, and by which numbers such texts find each other; pure."""

from reader.stories.bands import find_bands
from reader.stories.compare import Story, is_same_story

__all__ = ["Story", "find_bands", "is_same_story"]
