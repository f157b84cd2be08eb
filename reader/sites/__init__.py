"""What we know of sites: the rule language, the rules, and which of them serves a host."""

from reader.sites.lint import check_rule_files
from reader.sites.match import (
    find_rule,
    find_rule_file,
    is_site_name,
    names_above,
    read_rule,
    read_site,
    same_site,
    site_of,
)
from reader.sites.rule import Complaint, PageLink, RuleTest, SiteRule, parse_rule
from reader.sites.text_pattern import TextPatterns, compile_text_patterns

__all__ = [
    "Complaint",
    "PageLink",
    "RuleTest",
    "SiteRule",
    "TextPatterns",
    "check_rule_files",
    "compile_text_patterns",
    "find_rule",
    "find_rule_file",
    "is_site_name",
    "names_above",
    "parse_rule",
    "read_rule",
    "read_site",
    "same_site",
    "site_of",
]
