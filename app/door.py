"""The door of a shared explorer (登录): who has not typed the password is shown the form, and no more.

It stands before all that Streamlit serves: pages, the socket, the files that are brought. Who typed the
password holds a cookie that this server knows until half a day is over, they sign out, or it ends.
"""

import asyncio
import hmac
import html
import re
import secrets
import time
from base64 import b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOGIN, LOGOUT = "/login", "/logout"
_HEALTH = "/_stcore/health"
"""What tells that the server lives, for Docker: it shows nothing of the graph."""
_PAUSE_S, _MOST_TRIES = 1.0, 5
"""How long a wrong password waits for its answer, and how many of one address wait, each behind the other."""
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
_STAYS_S = 12 * 60 * 60
_MOST_BYTES = 4_096
_REFUSED = 1008
_PAGE = Template(Path(__file__).with_name("login.html").read_text("utf-8"))
_WORDS = {
    "zh-CN": {"title": "绩效图谱", "password": "密码", "enter": "进入", "wrong": "密码不对",
              "many": "试得太多，请稍后再试"},
    "en": {"title": "Performance target graph", "password": "Password", "enter": "Enter",
           "wrong": "Wrong password", "many": "Too many tries; try again later"},
}  # fmt: skip
_ICON = b64encode(Path(__file__).with_name("favicon.svg").read_bytes()).decode()
_NOT_KEPT = {"Cache-Control": "no-store"}
_HEADERS = _NOT_KEPT | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
}


class Door:
    """ASGI middleware that lets through who typed the password."""

    def __init__(self, app: ASGIApp, password: str) -> None:
        self._app = app
        self._password = password.encode()
        self._ends: dict[str, float] = {}
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let Streamlit answer."""
        kind = scope["type"]
        if kind not in ("http", "websocket") or scope["path"] == _HEALTH:
            await self._app(scope, receive, send)
        elif kind == "websocket":
            await self._socket(HTTPConnection(scope), receive, send)
        else:
            answer = await self._answer(Request(scope, receive))
            await (answer or self._app)(scope, receive, send)

    async def _socket(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        """A socket stays open for hours: who has signed out meanwhile is not heard any more."""

        async def heard() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._is_let_in(connection):
                await send({"type": "websocket.close", "code": _REFUSED})
                return {"type": "websocket.disconnect", "code": _REFUSED}
            return message

        inner = self._app if self._is_let_in(connection) else WebSocketClose(_REFUSED)
        await inner(connection.scope, heard, send)

    async def _answer(self, request: Request) -> Response | None:
        """What the door itself answers; None: nothing stands in the way."""
        if request.url.path == LOGIN:
            return await self._login(request)
        if request.url.path == LOGOUT:
            self._ends.pop(request.cookies.get(_cookie(request), ""), None)
            answer = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER, _NOT_KEPT)
            answer.delete_cookie(_cookie(request))
            return answer
        if self._is_let_in(request):
            return None
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            asked = f"{request.url.path}{'?' if request.url.query else ''}{request.url.query}"
            next_ = quote(asked, safe="")
            return RedirectResponse(f"{LOGIN}?next={next_}", HTTPStatus.SEE_OTHER, _NOT_KEPT)
        return PlainTextResponse("请先输入密码 / Password required", HTTPStatus.UNAUTHORIZED, _NOT_KEPT)

    def _is_let_in(self, connection: HTTPConnection) -> bool:
        end = self._ends.get(connection.cookies.get(_cookie(connection), ""))
        return end is not None and time.monotonic() < end

    async def _login(self, request: Request) -> Response:
        wanted = _own_path(request.query_params.get("next", "/"))
        if request.method != "POST":
            return _form(wanted)
        typed = await _typed(request)
        host = request.client.host if request.client else ""
        if self._turns.get(host, (None, 0))[1] >= _MOST_TRIES:
            return _form(wanted, "many", HTTPStatus.TOO_MANY_REQUESTS)
        async with self._turn(host):
            if not hmac.compare_digest(typed, self._password):
                await asyncio.sleep(_PAUSE_S)
                return _form(wanted, "wrong", HTTPStatus.UNAUTHORIZED)
        now, token = time.monotonic(), secrets.token_urlsafe()
        self._ends = {own: end for own, end in self._ends.items() if end > now} | {token: now + _STAYS_S}
        answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER, _NOT_KEPT)
        answer.set_cookie(
            _cookie(request), token, max_age=_STAYS_S, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncGenerator[None, None]:
        """One try of an address after the other: many at once would tell sooner which is right."""
        lock, waiting = self._turns.get(host, (asyncio.Lock(), 0))
        self._turns[host] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._turns.pop(host)
            if waiting > 1:
                self._turns[host] = lock, waiting - 1


def _cookie(connection: HTTPConnection) -> str:
    # Browsers keep one set of cookies for all ports of a machine.
    return f"jixiao-{connection.scope['server'][1]}"


def _own_path(wanted: str) -> str:
    """An address on this very server, else the first page: a link must not lead people elsewhere."""
    path, _, _ = wanted.partition("?")
    return wanted if _OWN_PATH.fullmatch(wanted) and path not in (LOGIN, LOGOUT) else "/"


async def _typed(request: Request) -> bytes:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _MOST_BYTES:
                return b""
    except ClientDisconnect:
        return b""
    return parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0].encode()


def _form(wanted: str, error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    _, _, query = wanted.partition("?")
    language = "en" if parse_qs(query).get("lang") == ["en"] else "zh-CN"
    words = {name: html.escape(word) for name, word in _WORDS[language].items()}
    said = {"error": words[error] if error else "", "invalid": str(error is not None).lower()}
    return HTMLResponse(_PAGE.substitute(words | said, language=language, icon=_ICON), status, _HEADERS)
