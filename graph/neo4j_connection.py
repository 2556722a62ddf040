"""Connecting to a Neo4j server (连接 Neo4j): its address, who may enter, and its errors as our sentences."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from ontology.errors import StoreError

USERNAME, PASSWORD, DATABASE = "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"
"""The names that Neo4j's own tools read from the environment."""
OLDEST_VERSION = (5, 13)
RETRY_S = 30
_CONNECT_S = 10


class Neo4jAddress:
    """Where a graph is kept on a server: what of it may be shown, and what not."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise StoreError("图谱地址不对，应像 neo4j://主机:7687 这样") from error
        if "@" in parts.netloc:
            raise StoreError(f"图谱地址里不能写用户名和密码，请用环境变量 {USERNAME}、{PASSWORD}")
        self.uri = f"{parts.scheme.lower()}://{parts.netloc}"
        self.database = parts.path.strip("/") or os.environ.get(DATABASE) or "neo4j"
        self.shown = f"{self.uri}/{self.database}"


class Server:
    """One database of a server; its sessions see what each other wrote, on a cluster too."""

    def __init__(self, address: Neo4jAddress) -> None:
        self.address = address
        self._driver = connect(address)
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def session(self, access: str = neo4j.WRITE_ACCESS) -> neo4j.Session:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
        )

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(address: Neo4jAddress) -> neo4j.Driver:
    """A driver whose server answers and is new enough; raises StoreError."""
    password = os.environ.get(PASSWORD)
    if password is None:
        raise StoreError(f"没有 Neo4j 的密码，请设环境变量 {PASSWORD}（用户名在 {USERNAME}，默认 neo4j）")
    with translated_errors(address):
        driver = neo4j.GraphDatabase.driver(
            address.uri,
            auth=(os.environ.get(USERNAME, "neo4j"), password),
            connection_timeout=_CONNECT_S,
            max_transaction_retry_time=RETRY_S,
            notifications_min_severity="OFF",
        )
        try:
            driver.verify_connectivity()
            check_version(address, driver.get_server_info().agent)
        except BaseException:
            driver.close()
            raise
    return driver


def check_version(address: Neo4jAddress, agent: str) -> None:
    """Raise StoreError for a server that is too old; `agent` is like Neo4j/5.26.18."""
    printed = agent.rpartition("/")[2]
    version = tuple(int(part) for part in printed.split(".")[:2] if part.isdigit())
    if version < OLDEST_VERSION:
        oldest = ".".join(map(str, OLDEST_VERSION))
        raise StoreError(f"{address.uri} 是 Neo4j {printed}，应为 {oldest} 或更新的版本")


@contextmanager
def translated_errors(address: Neo4jAddress) -> Iterator[None]:
    try:
        yield
    except AuthError as error:
        raise StoreError(
            f"Neo4j {address.uri} 不接受用户名和密码，请检查环境变量 {USERNAME}、{PASSWORD}"
        ) from error
    except (ServiceUnavailable, SessionExpired) as error:
        raise StoreError(
            f"连不上 Neo4j {address.uri}，或连接断了；请看它是否在运行（make neo4j 可以启动一个），"
            "然后再运行同一条命令（没做完的构建会接着做）"
        ) from error
    except ConfigurationError as error:
        raise StoreError(f"图谱地址 {address.uri} 不对（驱动的原话：{error}）") from error
    except Neo4jError as error:
        words = " ".join((error.message or "").split())
        raise StoreError(refusal(address, error.code or "", words)) from error
    except ValueError as error:
        raise StoreError(f"图谱地址 {address.uri} 不对，或找不到这台主机（原话：{error}）") from error
    except DriverError as error:
        raise StoreError(f"Neo4j {address.uri} 出错（驱动的原话：{error}）") from error


_NOT_WRITTEN = ("Could not apply the transaction", "critical error", "No space left")
"""What the server says where its disk is full: first that it could not write, then that it has given up."""


def refusal(address: Neo4jAddress, code: str, words: str) -> str:
    """Why the server refused, in one sentence, given its code and its own words."""
    if code.endswith("DatabaseNotFound"):
        return f"Neo4j {address.uri} 上没有数据库 {address.database}"
    if "read-only mode" in words:
        return f"Neo4j {address.shown} 是只读的，不能写入"
    if any(part in words for part in _NOT_WRITTEN):
        return (
            f"Neo4j {address.shown} 写不进去，多半是它的磁盘满了；请看它的日志，"
            "腾出空间、重启后再运行同一条命令，会接着做完"
        )
    return f"Neo4j {address.shown} 拒绝了写入或查询（数据库的原话：{words}）"
