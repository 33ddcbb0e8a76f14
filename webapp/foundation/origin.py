"""Forgery is refused by where a request comes from, not by a token: a form stored for forty days still posts.

Source: OWASP's Fetch-Metadata advice. `Sec-Fetch-Site` is asked first because a page without referrer sends
`Origin: null`; a client that sends neither must at least name a page of ours as its referrer.
"""

from urllib.parse import urlsplit

from flask import Flask, Request, abort, request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def guard(app: Flask) -> None:
    """Refuse unsafe requests that another site has sent, before anything else is done."""

    @app.before_request
    def _refuse_foreign_posts() -> None:
        if request.method not in SAFE and not is_ours(request):
            abort(403, description="origin")


def is_ours(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.host
