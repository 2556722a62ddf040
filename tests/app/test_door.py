"""The door of a shared explorer: nothing is served, taken or told before the password was typed."""

import asyncio
import os
import runpy
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

import app
from app import door
from app.door import Door
from app.explorer_settings import read_password
from ontology.errors import WorkspaceError

PASSWORD = "青泉 <2024>"
SERVER = "http://testserver"
PAGE = {"accept": "text/html,*/*"}
INSIDE = "inside"


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(INSIDE)


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    async for said in websocket.iter_text():
        await websocket.send_text(f"{INSIDE} {said}")


def client() -> TestClient:
    routes = [
        WebSocketRoute("/_stcore/stream", socket),
        Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "DELETE"]),
    ]
    return TestClient(Door(Starlette(routes=routes), PASSWORD), SERVER, follow_redirects=False)


@pytest.fixture
def stranger() -> TestClient:
    return client()


@pytest.fixture
def guest() -> Iterator[TestClient]:
    """Somebody who has typed the password."""
    own = client()
    found = own.post("/login", data={"password": PASSWORD})
    assert found.status_code == 303 and found.headers["location"] == "/"
    yield own


@pytest.mark.parametrize(
    ("asked", "next_"),
    [("/", "%2F"), ("/search?q=%E6%BB%A1&lang=en", "%2Fsearch%3Fq%3D%25E6%25BB%25A1%26lang%3Den")],
)
def test_a_page_leads_to_the_form_and_the_form_back_to_the_page(
    stranger: TestClient, asked: str, next_: str
) -> None:
    led = stranger.get(asked, headers=PAGE)
    assert led.status_code == 303 and led.headers["location"] == f"/login?next={next_}"
    form = stranger.get(led.headers["location"])
    assert 'type="password"' in form.text and INSIDE not in form.text
    back = stranger.post(led.headers["location"], data={"password": PASSWORD})
    assert back.status_code == 303 and back.headers["location"] == asked
    assert stranger.get(asked, headers=PAGE).text == INSIDE


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/_stcore/upload_file/one/two"),
        ("POST", "/_stcore/upload_file/one/two"),
        ("DELETE", "/_stcore/upload_file/one/two"),
        ("GET", "/media/abc.csv"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/_stcore/healthy"),
        ("GET", "/login/"),
        ("POST", "/"),
    ],
)
def test_nothing_is_served_or_taken_before(stranger: TestClient, method: str, path: str) -> None:
    found = stranger.request(method, path)
    assert found.status_code == 401 and INSIDE not in found.text


def test_the_socket_is_shut_before(stranger: TestClient, guest: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), stranger.websocket_connect("/_stcore/stream"):
        pytest.fail("the socket was opened")
    with guest.websocket_connect("/_stcore/stream") as own:
        own.send_text("1")
        assert own.receive_text() == f"{INSIDE} 1"


def test_an_open_socket_does_not_hear_who_has_signed_out(guest: TestClient) -> None:
    with guest.websocket_connect("/_stcore/stream") as own:
        other_tab = TestClient(guest.app, SERVER, cookies=dict(guest.cookies), follow_redirects=False)
        assert other_tab.get("/logout").status_code == 303
        own.send_text("1")
        with pytest.raises(WebSocketDisconnect):
            own.receive_text()


def test_docker_may_ask_whether_the_server_lives(stranger: TestClient) -> None:
    assert stranger.get("/_stcore/health").text == INSIDE


@pytest.mark.parametrize(
    "typed", [{"password": "清泉"}, {"password": ""}, {}, {"password": PASSWORD + "x" * 9_000}]
)
def test_a_wrong_password_waits_and_is_told(stranger: TestClient, typed: dict[str, str]) -> None:
    begun = time.monotonic()
    found = stranger.post("/login", data=typed)
    assert time.monotonic() - begun >= 1, "many are not tried in a row"
    assert found.status_code == 401 and "密码不对" in found.text and not found.cookies
    assert stranger.get("/", headers=PAGE).status_code == 303


def test_scripts_cannot_read_the_cookie_and_other_sites_do_not_send_it(stranger: TestClient) -> None:
    told = stranger.post("/login", data={"password": PASSWORD}).headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=lax" in told and told.startswith("jixiao-80=")
    assert "secure" not in told
    safe = TestClient(stranger.app, "https://testserver", follow_redirects=False)
    assert "secure" in safe.post("/login", data={"password": PASSWORD}).headers["set-cookie"].lower()


def test_a_cookie_of_another_server_or_a_changed_one_opens_nothing(guest: TestClient) -> None:
    (name, value), *_ = guest.cookies.items()
    assert guest.get("/").text == INSIDE
    for other in (value[:-1] + ("A" if value[-1] != "A" else "B"), "ok", ""):
        changed = TestClient(guest.app, SERVER, cookies={name: other}, follow_redirects=False)
        assert changed.get("/").status_code == 401
    started_anew = TestClient(client().app, SERVER, cookies={name: value}, follow_redirects=False)
    assert started_anew.get("/").status_code == 401


def test_it_is_asked_again_after_half_a_day_and_after_signing_out(
    guest: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guest.get("/").text == INSIDE
    with monkeypatch.context() as patched:
        patched.setattr(door, "_STAYS_S", -1)
        over = TestClient(guest.app, SERVER, follow_redirects=False)
        token = over.post("/login", data={"password": PASSWORD}).headers["set-cookie"].partition(";")[0]
    assert over.get("/", headers={"cookie": token}).status_code == 401
    kept = dict(guest.cookies)
    assert guest.get("/logout").headers["location"] == "/login"
    assert guest.get("/").status_code == 401
    copied = TestClient(guest.app, SERVER, cookies=kept, follow_redirects=False)
    assert copied.get("/").status_code == 401


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://a.example/",
        "//a.example/",
        "/\\a.example",
        "a.example",
        "javascript:x",
        "/logout",
        "",
        "///a.example",
        "////a.example",
        "//[",
        "http://[",
        "/\t/a.example",
        "/a\r\nb",
    ],
)
def test_a_link_to_the_form_leads_nowhere_else(stranger: TestClient, elsewhere: str) -> None:
    found = stranger.post("/login", params={"next": elsewhere}, data={"password": PASSWORD})
    assert found.headers["location"] == "/"


def test_the_form_speaks_the_language_of_the_page(stranger: TestClient) -> None:
    found = stranger.get("/login", params={"next": "/search?lang=en"})
    assert '<html lang="en">' in found.text and "Password" in found.text and "密码" not in found.text
    assert "密码" in stranger.get("/login", params={"next": "/search"}).text


def test_no_form_is_kept_and_nothing_else_is_loaded_by_it(stranger: TestClient) -> None:
    form = stranger.get("/login").headers
    assert form["cache-control"] == "no-store"
    assert "default-src 'none'" in form["content-security-policy"]
    assert stranger.get("/", headers=PAGE).headers["cache-control"] == "no-store"


def test_a_very_long_try_is_not_read(stranger: TestClient) -> None:
    filled_up = {"other": "x" * 9_000, "password": PASSWORD}
    assert stranger.post("/login", data=filled_up).status_code == 401


def test_many_tries_at_once_wait_for_each_other_and_others_do_not(stranger: TestClient) -> None:
    def at_once(passwords: list[str]) -> list[tuple[int, float]]:
        async def all_of_them() -> list[tuple[int, float]]:
            transport = httpx2.ASGITransport(app=stranger.app)
            async with httpx2.AsyncClient(transport=transport, base_url=SERVER) as own:

                async def one(password: str) -> tuple[int, float]:
                    begun = time.monotonic()
                    found = await own.post("/login", data={"password": password})
                    return found.status_code, time.monotonic() - begun

                return list(await asyncio.gather(*map(one, passwords)))

        return asyncio.run(all_of_them())

    *wrong, right = at_once(["清泉", "白泉", PASSWORD])
    assert [status for status, _ in wrong] == [401, 401] and right[0] == 303
    assert right[1] >= 2, "which is right is not told sooner"
    many = at_once(["清泉"] * 8)
    assert [status for status, _ in many].count(429) == 3
    assert stranger.post("/login", data={"password": PASSWORD}).status_code == 303


def test_the_servers_door_is_shut_where_a_password_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_EXPLORER_PASSWORD", PASSWORD)
    script = Path(app.__file__).with_name("explorer_server.py")
    served = runpy.run_path(str(script))["app"]
    assert [own.cls for own in served._user_middleware] == [Door]
    monkeypatch.delenv("JIXIAO_EXPLORER_PASSWORD")
    assert runpy.run_path(str(script))["app"]._user_middleware == []


def test_a_password_that_no_browser_sends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIXIAO_EXPLORER_PASSWORD", os.fsdecode("密码".encode("gbk")))
    with pytest.raises(WorkspaceError, match="不是 UTF-8"):
        read_password()
