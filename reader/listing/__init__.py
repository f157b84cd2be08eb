"""What happens to entries of reading lists by itself: copied columns, tag rules, acts on many, the trash."""

from reader.listing.act import act_once
from reader.listing.columns import copy_columns, day_key, fill_columns, list_columns, own_columns
from reader.listing.highlights import (
    doubt_highlights,
    find_doubted,
    find_places,
    is_current,
    place_highlights,
    sweep_highlights,
)
from reader.listing.leaving import sweep_leaving
from reader.listing.rules import filter_of, give_tags
from reader.listing.storage import count_stored_bytes, keep_stored_bytes
from reader.listing.sweeping import TRASH_DAYS, sweep_trash

__all__ = [
    "TRASH_DAYS",
    "act_once",
    "copy_columns",
    "count_stored_bytes",
    "day_key",
    "doubt_highlights",
    "fill_columns",
    "filter_of",
    "find_doubted",
    "find_places",
    "give_tags",
    "is_current",
    "keep_stored_bytes",
    "list_columns",
    "own_columns",
    "place_highlights",
    "sweep_highlights",
    "sweep_leaving",
    "sweep_trash",
]
