"""The door of a shared explorer (登录): who has not typed the password is shown the form, and no more.

It stands before all that Streamlit serves: pages, the socket, the files that are brought. Who typed the
password holds a cookie that this server knows until half a day is over, they sign out, or it ends.
"""

import asyncio
import hmac
import html
import secrets
import time
from base64 import b64encode
from http import HTTPStatus
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOGIN, LOGOUT = "/login", "/logout"
_HEALTH = "/_stcore/health"
"""What tells that the server lives, for Docker: it shows nothing of the graph."""
_PAUSE_S = 1.0
"""How long a wrong password waits for its answer; one waits behind the other."""
_STAYS_S = 12 * 60 * 60
_MOST_BYTES = 4_096
_REFUSED = 1008
_PAGE = Template(Path(__file__).with_name("login.html").read_text("utf-8"))
_WORDS = {
    "zh-CN": {"title": "绩效图谱", "password": "密码", "enter": "进入", "wrong": "密码不对"},
    "en": {"title": "Performance target graph", "password": "Password", "enter": "Enter",
           "wrong": "Wrong password"},
}  # fmt: skip
_ICON = Path(__file__).with_name("favicon.svg")
_HEADERS = {
    "Cache-Control": "no-store",
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
        self._one_at_a_time = asyncio.Lock()

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
            answer = RedirectResponse(LOGIN, HTTPStatus.SEE_OTHER)
            answer.delete_cookie(_cookie(request))
            return answer
        if self._is_let_in(request):
            return None
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            asked = f"{request.url.path}{'?' if request.url.query else ''}{request.url.query}"
            return RedirectResponse(f"{LOGIN}?next={quote(asked, safe='')}", HTTPStatus.SEE_OTHER)
        return PlainTextResponse("请先输入密码 / Password required", HTTPStatus.UNAUTHORIZED)

    def _is_let_in(self, connection: HTTPConnection) -> bool:
        end = self._ends.get(connection.cookies.get(_cookie(connection), ""))
        return end is not None and time.monotonic() < end

    async def _login(self, request: Request) -> Response:
        wanted = _own_path(request.query_params.get("next", "/"))
        if request.method != "POST":
            return _form(wanted, is_wrong=False)
        typed = await _typed(request)
        async with self._one_at_a_time:
            if not hmac.compare_digest(typed, self._password):
                await asyncio.sleep(_PAUSE_S)
                return _form(wanted, is_wrong=True)
        now, token = time.monotonic(), secrets.token_urlsafe()
        self._ends = {own: end for own, end in self._ends.items() if end > now} | {token: now + _STAYS_S}
        answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            _cookie(request), token, max_age=_STAYS_S, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer


def _cookie(connection: HTTPConnection) -> str:
    # Browsers keep one set of cookies for all ports of a machine.
    return f"jixiao-{connection.scope['server'][1]}"


def _own_path(wanted: str) -> str:
    """An address on this very server, else the first page: a link must not lead people elsewhere."""
    parts = urlsplit(wanted)
    is_own = wanted.startswith("/") and not (parts.scheme or parts.netloc or "\\" in wanted)
    return wanted if is_own and parts.path not in (LOGIN, LOGOUT) else "/"


async def _typed(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return b""
    return parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0].encode()


def _form(wanted: str, *, is_wrong: bool) -> HTMLResponse:
    language = "en" if parse_qs(urlsplit(wanted).query).get("lang") == ["en"] else "zh-CN"
    words = {name: html.escape(word) for name, word in _WORDS[language].items()}
    page = _PAGE.substitute(
        words | {"wrong": words["wrong"] if is_wrong else ""},
        language=language,
        icon=b64encode(_ICON.read_bytes()).decode(),
    )
    return HTMLResponse(page, HTTPStatus.UNAUTHORIZED if is_wrong else HTTPStatus.OK, _HEADERS)
