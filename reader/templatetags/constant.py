"""`{% constant %}`: what is the same on every page, rendered once."""

from typing import Any, Final

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

_MOST: Final = 64


class ConstantNode(Node):
    """Its text by language, by what addresses begin with, and by the values that it names.

    Nothing else of a page can be seen in it.
    """

    def __init__(self, nodelist: NodeList, names: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.names = names
        self._known: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.names.items()}
        key = (get_language(), get_script_prefix(), *((value.__class__, value) for value in values.values()))
        text = self._known.get(key)
        if text is None:
            alone = Context(values, autoescape=context.autoescape)
            with alone.bind_template(context.template):  # type: ignore[arg-type]
                text = self.nodelist.render(alone)
            if len(self._known) < _MOST:
                self._known[key] = text
        return text


@register.tag
def constant(parser: Parser, token: Token) -> ConstantNode:
    """Render up to `{% endconstant %}` once for each language and for each set of the values named.

    `{% constant theme=request.user.theme %}`: inside there is `theme`, and nothing else: no person, no
    request, no token. So it cannot show one person what is another's; what needs more stands outside.
    """
    bits = token.split_contents()[1:]
    names = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError("constant takes name=value only")
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist, names)
