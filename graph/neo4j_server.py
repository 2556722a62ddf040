"""A Neo4j server for machines without Docker (本机 Neo4j): fetched as Maven artifacts, on loopback only.

    python -m graph.neo4j_server start     fetch it once, start it, write .neo4j/env; a running one is kept
    python -m graph.neo4j_server stop      stop it cleanly; its data stay
    python -m graph.neo4j_server status    say whether it runs; exit status 1 where it does not
    python -m graph.neo4j_server import X  replace its data by what jixiao export wrote to X

It is the version that docker-compose.yml runs. Its password is random, and stands in .neo4j/env only.
"""

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console

from graph.neo4j_import import ARGUMENTS
from graph.this_machine import OWN, free_port, is_free, make_private, open_private, write_private
from ontology.errors import JixiaoError, StoreError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".neo4j"
POM = Path(__file__).with_name("neo4j_server.pom.xml")
USER = "neo4j"
BOLT_PORT, HTTP_PORT = 7687, 7474
START_TIMEOUT_S = 180
STOP_TIMEOUT_S = 60

_MAIN, _ADMIN = "org.neo4j.server.CommunityEntryPoint", "org.neo4j.cli.AdminTool"
IMPORT = ("database", "import", "full", "neo4j", "--overwrite-destination")
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
_JAVA_OPTIONS = (
    *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dfile.encoding=UTF-8",
)
CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.memory.pagecache.size=512m
db.transaction.monitor.check.interval=500ms
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
"""


class Neo4jServer:
    """A server and its data in a folder; what it is made of is fetched once for all."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.env_file = folder / "env"
        self._home = folder / "home"
        self._process: subprocess.Popen[bytes] | None = None
        self._pid_file = folder / "pid"
        self._lib = FOLDER / f"lib-{server_version()}"

    @property
    def is_fetched(self) -> bool:
        """Whether the server's parts are on this machine."""
        return self._lib.is_dir()

    def start(self, say: Console) -> None:
        """Start the server, or find it running; raises StoreError where it does not come up."""
        make_private(self.folder)
        if self.tell_status(say):
            return
        self._fetch(say)
        has_data = (self._home / "data").exists()
        if has_data and not self.env_file.exists():
            raise StoreError(f"{self._home} 里有数据，却没有密码 {self.env_file}；不要数据就移走它")
        if not has_data:
            self._set_up()
        bolt = int(self.environment()["NEO4J_URI"].rpartition(":")[2])
        if not is_free(bolt):
            bolt = free_port(BOLT_PORT)
            self._write_env(bolt, self.environment()["NEO4J_PASSWORD"])
        self._write_conf(bolt)
        say.print(f"启动 Neo4j {server_version()} …")
        self._process = self._launch()
        write_private(self._pid_file, f"{self._process.pid}\n")
        self._wait(self._process)
        say.print(f"已启动：{self.environment()['NEO4J_URI']}；地址、用户名和密码在 {self.env_file}")

    def tell_status(self, say: Console) -> bool:
        """Say whether the server runs, and where; whether it does."""
        is_running = self._pid() is not None
        where = f"在运行：{self.environment()['NEO4J_URI']}" if is_running else "没有在运行"
        say.print(f"Neo4j {server_version()} {where}")
        return is_running

    def stop(self, say: Console) -> None:
        """Stop the server cleanly; raises StoreError where it does not end."""
        pid = self._pid()
        if pid is None:
            say.print("Neo4j 没有在运行")
            return
        self._end(pid, signal.SIGTERM)
        self._pid_file.unlink(missing_ok=True)
        say.print("Neo4j 已停止，数据还在")

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        pid = self._pid()
        if pid is not None:
            self._end(pid, signal.SIGKILL)

    def _end(self, pid: int, how: signal.Signals) -> None:
        os.kill(pid, how)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while self._pid() is not None:
            if time.monotonic() > deadline:
                raise StoreError(f"Neo4j（进程 {pid}）{STOP_TIMEOUT_S} 秒还没有停下，请看 {self._log}")
            time.sleep(0.1)
        if self._process is not None:
            self._process.wait()
            self._process = None

    def import_files(self, files: Path, say: Console) -> None:
        """Put exported files in the place of the data; raises StoreError while it runs or for other files."""
        if self._pid() is not None:
            raise StoreError("Neo4j 在运行，批量导入前应先停止：make neo4j-stop")
        if not (files / ARGUMENTS).is_file():
            raise StoreError(f"{files} 里没有 {ARGUMENTS}，应为 jixiao export neo4j-import 写出的文件夹")
        if self.admin([*IMPORT, f"@{ARGUMENTS}"], folder=files):
            raise StoreError("批量导入没有做完，原因见上面 neo4j-admin 的话")
        say.print("已导入，原来的数据已替换；make neo4j 启动后再 jixiao build --store 一次，补上索引")

    def admin(self, arguments: Sequence[str], *, folder: Path) -> int:
        """Run neo4j-admin in a folder on the server's data, which it must not be serving; its exit status."""
        command = self._admin_command(arguments)
        done = subprocess.run(command, env=self._admin_env(), cwd=folder, umask=OWN, check=False)
        return done.returncode

    def environment(self) -> dict[str, str]:
        """What env holds: NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD; nothing before the first start."""
        if not self.env_file.exists():
            return {}
        lines = self.env_file.read_text("utf-8").splitlines()
        return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}

    # ---- setting up ----------------------------------------------------------------------------------

    def _fetch(self, say: Console) -> None:
        """Get the server's parts from Maven, once for each version."""
        if self.is_fetched:
            return
        for program, package in (("mvn", "maven"), ("java", "openjdk-17-jre-headless")):
            if shutil.which(program) is None:
                raise StoreError(f"没有 {program}，取得 Neo4j 要用它；在 Debian 上请安装 {package}")
        say.print(f"从 Maven 取得 Neo4j {server_version()}（约 115 MB，只取一次）…")
        part = self._lib.with_name(f"{self._lib.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
        done = subprocess.run(
            [*command, f"-DoutputDirectory={part}"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StoreError(f"没有取到 Neo4j {server_version()}（Maven 的原话：{_last_line(done.stdout)}）")
        part.rename(self._lib)

    def _set_up(self) -> None:
        """New data, a new password; the server reads it before its first start only."""
        password = secrets.token_hex(24)  # one that begins with - would be taken for an option
        self._write_env(free_port(BOLT_PORT), password)
        self._write_conf(free_port(BOLT_PORT))
        # A file and not an argument: those of a process are shown to everybody on the machine.
        hidden = self.folder / "password"
        write_private(hidden, password)
        try:
            command = self._admin_command(["dbms", "set-initial-password", f"@{hidden}"])
            done = subprocess.run(
                command, env=self._admin_env(), umask=OWN, capture_output=True, text=True, check=False
            )
        finally:
            hidden.unlink()
        if done.returncode:
            raise StoreError(f"没有设好 Neo4j 的密码（原话：{_last_line(done.stderr or done.stdout)}）")

    def _write_env(self, bolt: int, password: str) -> None:
        uri = f"bolt://127.0.0.1:{bolt}"
        lines = {"NEO4J_URI": uri, "NEO4J_USERNAME": USER, "NEO4J_PASSWORD": password}
        write_private(self.env_file, "".join(f"{name}='{value}'\n" for name, value in lines.items()))

    def _write_conf(self, bolt: int) -> None:
        conf = self._home / "conf" / "neo4j.conf"
        conf.parent.mkdir(parents=True, exist_ok=True)
        write_private(conf, CONF.format(bolt=bolt, http=free_port(HTTP_PORT)))

    # ---- the process ---------------------------------------------------------------------------------

    def _launch(self) -> "subprocess.Popen[bytes]":
        command = self._java("-Xms512m", "-Xmx1g", "-XX:+UseG1GC", *_JAVA_OPTIONS)
        command += [_MAIN, f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}"]
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with open(self._log.parent / "console.log", "ab", opener=open_private) as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, umask=OWN
            )

    def _java(self, *options: str) -> list[str]:
        return ["java", *options, "-cp", f"{self._lib}/*"]

    def _admin_command(self, arguments: Sequence[str]) -> list[str]:
        return [*self._java(*_JAVA_OPTIONS), _ADMIN, *arguments]

    def _admin_env(self) -> dict[str, str]:
        return {**os.environ, "NEO4J_HOME": str(self._home), "NEO4J_CONF": str(self._home / "conf")}

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        """Until Bolt answers with the password; the log says nothing of that."""
        import neo4j
        from neo4j.exceptions import ServiceUnavailable, SessionExpired

        found = self.environment()
        deadline = time.monotonic() + START_TIMEOUT_S
        with neo4j.GraphDatabase.driver(
            found["NEO4J_URI"], auth=(found["NEO4J_USERNAME"], found["NEO4J_PASSWORD"])
        ) as driver:
            while True:
                if process.poll() is not None:
                    raise StoreError(f"Neo4j 没有启动（退出码 {process.returncode}），请看 {self._log}")
                try:
                    driver.verify_connectivity()
                except (ServiceUnavailable, SessionExpired) as error:
                    # It takes connections before it answers, and may break them off.
                    if time.monotonic() > deadline:
                        told = f"Neo4j {START_TIMEOUT_S} 秒还没有应答，请看 {self._log}"
                        raise StoreError(told) from error
                    time.sleep(0.25)
                else:
                    return

    @property
    def _log(self) -> Path:
        return self._home / "logs" / "neo4j.log"

    def _pid(self) -> int | None:
        """The process of this server; None where it does not run, whoever has its number now."""
        try:
            pid = int(self._pid_file.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None
        done = subprocess.run(
            ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        state, _, command = done.stdout.strip().partition(" ")
        return pid if not state.startswith("Z") and f"--home-dir={self._home}" in command else None


def server_version() -> str:
    """The version of the server, as the pom declares it."""
    found = ElementTree.parse(POM).findtext("{*}properties/{*}neo4j.version")
    if found is None:
        raise StoreError(f"{POM.name} 里没有 neo4j.version")
    return found


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "没有说明"


def main() -> int:
    """Start, stop, or say whether it runs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("start", "stop", "status", "import"))
    parser.add_argument("files", type=Path, nargs="?", help="what to import")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    server = Neo4jServer(arguments.folder.resolve())
    console = Console(highlight=False)
    try:
        if arguments.what == "status":
            return 0 if server.tell_status(console) else 1
        if arguments.what == "import":
            server.import_files((arguments.files or Path()).resolve(), console)
        else:
            server.start(console) if arguments.what == "start" else server.stop(console)
    except JixiaoError as error:
        Console(stderr=True, highlight=False).print(f"错误：{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
