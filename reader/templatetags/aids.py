"""Where what only scripts show is fetched from: `{% aids_address %}`."""

from django.template import Library

from reader.web.aids import find_aids_address

register = Library()


@register.simple_tag
def aids_address() -> str:
    """Return the address in the language of the page."""
    return find_aids_address()
