"""Fetch, extract, store: the one place where network, pipeline and tables meet.

The row is the truth. A run begins by leasing it and ends by one UPDATE that holds only while the lease
is still ours, so a run may be killed anywhere and may happen twice.
"""

from reader.ingest.assets import sweep_assets
from reader.ingest.columns import content_values
from reader.ingest.hiding import (
    forget_take_down,
    hide,
    hide_blocked,
    show_again,
    show_unblocked,
    sweep_taken_down,
)
from reader.ingest.pictures import give_up_on_pictures, keep_picture, list_pictures
from reader.ingest.reextraction import carry_on, carry_trial_on
from reader.ingest.rules import Draft, Source, find_file_of, find_site_rule, find_source, rule_files
from reader.ingest.run import give_up_on_crashed, ingest
from reader.ingest.source import make_fetch_policy
from reader.ingest.store import PARTIAL_REASONS
from reader.ingest.thumbnails import make_thumbnails
from reader.ingest.trial import Tried, make_draft, try_draft
from reader.ingest.unnamed_files import sweep_snapshot_files

__all__ = [
    "PARTIAL_REASONS",
    "Draft",
    "Source",
    "Tried",
    "carry_on",
    "carry_trial_on",
    "content_values",
    "find_file_of",
    "find_site_rule",
    "find_source",
    "forget_take_down",
    "give_up_on_crashed",
    "give_up_on_pictures",
    "hide",
    "hide_blocked",
    "ingest",
    "keep_picture",
    "list_pictures",
    "make_draft",
    "make_fetch_policy",
    "make_thumbnails",
    "rule_files",
    "show_again",
    "show_unblocked",
    "sweep_assets",
    "sweep_snapshot_files",
    "sweep_taken_down",
    "try_draft",
]
