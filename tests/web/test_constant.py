"""`{% constant %}`: rendered once, by language and by the values named, and blind to all else."""

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.test.utils import override_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString

from reader.templatetags.constant import _MOST

_ENGINE = Engine.get_default()


def _load(source: str) -> Template:
    return _ENGINE.from_string("{% load constant i18n %}" + source)


def test_renders_once_for_each_set_of_values() -> None:
    seen: list[str] = []

    class Told:
        def __init__(self, name: str) -> None:
            self.name = name

        def __str__(self) -> str:
            seen.append(self.name)
            return self.name

    first, second = Told("a"), Told("b")
    page = _load("{% constant told=told %}{{ told }}{% endconstant %}")
    texts = [page.render(Context({"told": told})) for told in (first, second, first, second)]
    assert texts == ["a", "b", "a", "b"]
    assert seen == ["a", "b"]


def test_sees_nothing_that_is_not_named() -> None:
    page = _load(
        "{{ person }}|{% constant theme=look.theme %}{{ theme }}{{ person }}{{ look }}{% endconstant %}"
    )
    assert page.render(Context({"person": "ann", "look": {"theme": "dark"}})) == "ann|dark"


def test_speaks_each_language() -> None:
    page = _load("{% constant %}{% translate 'Tags' %}{% endconstant %}")
    texts = []
    for language in ("id", "en", "id"):
        with translation.override(language):
            texts.append(page.render(Context()))
    assert texts == ["Label", "Tags", "Label"]


def test_says_addresses_as_each_request_is_served() -> None:
    """A proxy may let a stranger say where addresses begin; nobody else is to be led there."""
    page = _load("{% constant %}{% url 'list' %}{% endconstant %}")
    texts = []
    for prefix in ("/lain/", "/"):
        with override_script_prefix(prefix):
            texts.append(page.render(Context()))
    assert texts == ["/lain/", "/"]


def test_text_that_is_safe_does_not_make_equal_text_safe() -> None:
    page = _load("{% constant name=name %}{{ name }}{% endconstant %}")
    assert page.render(Context({"name": SafeString("<b>")})) == "<b>"
    assert page.render(Context({"name": "<b>"})) == "&lt;b&gt;"


def test_keeps_no_more_than_so_many() -> None:
    page = _load("{% constant number=number %}{{ number }}{% endconstant %}")
    for number in range(_MOST + 9):
        assert page.render(Context({"number": number})) == str(number)
    (node,) = (node for node in page.nodelist if hasattr(node, "_known"))
    assert len(node._known) == _MOST


def test_takes_named_values_only() -> None:
    with pytest.raises(TemplateSyntaxError):
        _load("{% constant place.name %}{% endconstant %}")
