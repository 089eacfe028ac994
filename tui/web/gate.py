"""Who may come in: whoever has the token, by the server's own name, from the server's own page.

Any page that a person visits may ask their browser to speak with a server on their machine. So a request counts only
if it names this server as 127.0.0.1 or localhost (a page elsewhere cannot, even if its name leads here), comes from
this server's own page, and brings the cookie that only the printed address gives.
"""

from __future__ import annotations

import secrets

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Gate:
    """The rules of one server, with secrets of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._token = secrets.token_urlsafe(32)
        self._secret = secrets.token_urlsafe(32)
        # Cookies know no ports: two servers of one person must not take each other's.
        self._cookie = f"reinspect-{port}"
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"http://{LOOPBACK}:{self._port}/?token={self._token}"

    def objection(self, request: web.Request, *, conversing: bool = False) -> str | None:
        """Why this request is refused whatever it brings; None if it may be looked at.

        One that begins a conversation must say which page it comes from; a browser always does.
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

    def knows(self, request: web.Request) -> bool:
        """Whether the request brings the cookie."""
        return _same(request.cookies.get(self._cookie, ""), self._secret)

    def opens(self, request: web.Request) -> bool:
        """Whether the request brings the token, as the printed address does."""
        return _same(request.query.get("token", ""), self._token)

    def admit(self, response: web.StreamResponse) -> None:
        """Give the cookie, to this browser, for this server, unseen by scripts, until the browser closes."""
        response.set_cookie(self._cookie, self._secret, httponly=True, samesite="Strict", path="/")


def _same(brought: str, wanted: str) -> bool:
    return secrets.compare_digest(brought.encode("utf-8", "replace"), wanted.encode())
