"""Access control of the web server.

Any web page that a person visits can make their browser send requests to a server on their machine. So a request is
accepted only if all of these hold:

- Its Host header is 127.0.0.1 or localhost. Another site cannot send that, even if its name resolves to this machine.
- It comes from this server's own page (Origin and Sec-Fetch-Site headers).
- It has the cookie, which is only given to a browser that opens the printed address with its token.
"""

from __future__ import annotations

import secrets

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Gate:
    """The access rules of one web server, with a secret token and a secret cookie."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)
        # Browsers do not separate cookies by port, so the name contains it: two servers need a cookie each.
        self._cookie = f"reinspect-{port}"
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    @property
    def address(self) -> str:
        """The web address to open, with the token."""
        return f"http://{LOOPBACK}:{self._port}/?token={self._token}"

    def objection(self, request: web.Request, *, conversing: bool = False) -> str | None:
        """Return the reason to refuse a request because of its host or origin, or None to accept it.

        `conversing` means that the request opens a web socket.
        """
        if request.host not in self._hosts:
            return "this server is not known by that name"
        origin = request.headers.get("Origin")
        # Every browser sends an Origin header when it opens a web socket.
        if (origin is not None or conversing) and origin != f"http://{request.host}":
            return "another page is asking"
        from_here = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
        if not from_here and request.headers.get("Sec-Fetch-Mode") != "navigate":
            return "another page is asking"
        return None

    def has_cookie(self, request: web.Request) -> bool:
        """Return True if the request has the right cookie."""
        return _is_same(request.cookies.get(self._cookie, ""), self._secret)

    def has_token(self, request: web.Request) -> bool:
        """Return True if the request has the right token in its address."""
        return _is_same(request.query.get("token", ""), self._token)

    def admit(self, response: web.StreamResponse) -> None:
        """Set the cookie in a response, so that later requests of this browser are accepted."""
        # Scripts and other sites cannot use this cookie, and it ends when the browser closes.
        response.set_cookie(self._cookie, self._secret, httponly=True, samesite="Strict", path="/")


def _is_same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
