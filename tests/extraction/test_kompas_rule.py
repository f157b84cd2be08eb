"""The rule for Kompas serves every host of the house, and names a page of every layout.

That the sentences of those pages are found is tested with all built-in rules.
"""

import pytest

from reader.sites import find_rule


@pytest.mark.parametrize("host", ["kompas.com", "www.kompas.com", "money.kompas.com", "go.kompas.com"])
def test_every_host_of_kompas_has_the_rule(host: str) -> None:
    rule = find_rule(host)

    assert rule is not None
    assert rule.body
    assert rule.name.endswith("kompas.com")


def test_the_rule_names_a_page_of_every_layout() -> None:
    rule = find_rule("kompas.com")

    assert rule is not None
    years = {part for test in rule.tests for part in test.url.split("/") if part.startswith("20")}
    assert years >= {"2015", "2016", "2020", "2021", "2022", "2025"}
