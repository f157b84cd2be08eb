"""The WSGI application that gunicorn serves."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")


def without_bodies_for_head(application: WSGIApplication) -> WSGIApplication:
    """Answer HEAD with the head of what GET would be told, its length included, and make no more of the body.

    Django leaves that to the server; gunicorn would read all of a long body to drop it, and warn.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if close := getattr(body, "close", None):
            close()
        return ()

    return answer


application = without_bodies_for_head(get_wsgi_application())
