"""Access control of the web server.

Any web page that a person visits can make their browser send requests to a server on their machine. So a request is
accepted only if all of these hold:

- It names this server as 127.0.0.1 or localhost. Another site cannot do so, even if its name resolves to this machine.
- It comes from this server's own page (Origin and Sec-Fetch-Site headers).
- It has the cookie, which only the printed address with its token gives.
"""

from __future__ import annotations

import secrets

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Gate:
    """The access rules of one server, with its own token and cookie."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)
        # Browsers do not separate cookies by port, so the name contains it: two servers need a cookie each.
        self._cookie = f"reinspect-{port}"
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://{LOOPBACK}:{self._port}/?token={self._token}"

    def objection(self, request: web.Request, *, conversing: bool = False) -> str | None:
        """Return why a request is refused because of its host or origin, or None if it is not.

        A request for a web socket (`conversing`) must have an Origin header; every browser sends one.
        """
        if request.host not in self._hosts:
            return "this server is not known by that name"
        origin = request.headers.get("Origin")
        if (origin is not None or conversing) and origin != f"http://{request.host}":
            return "another page is asking"
        from_here = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
        if not from_here and request.headers.get("Sec-Fetch-Mode") != "navigate":
            return "another page is asking"
        return None

    def has_cookie(self, request: web.Request) -> bool:
        """Return whether the request has the cookie."""
        return _is_same(request.cookies.get(self._cookie, ""), self._secret)

    def has_token(self, request: web.Request) -> bool:
        """Return whether the request has the token, as the printed address does."""
        return _is_same(request.query.get("token", ""), self._token)

    def admit(self, response: web.StreamResponse) -> None:
        """Set the cookie, which scripts and other sites cannot use and which ends when the browser closes."""
        response.set_cookie(self._cookie, self._secret, httponly=True, samesite="Strict", path="/")


def _is_same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
