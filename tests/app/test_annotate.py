"""`jixiao annotate`: texts from the command line and from standard input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import Command

JIXIAO = str(Path(sys.executable).with_name("jixiao"))


def test_a_text_for_people(jixiao: Command) -> None:
    answer = jixiao("annotate", "下乡走访不少于90次", "2023年12月底前完成")
    assert answer.status == 0, answer.err
    assert "动作 下乡 · 动作 走访 · 数量 不少于90次" in answer.out
    assert "作为指标值：2023-12-31前" in answer.out


def test_lines_for_programs() -> None:
    lines = ["公文流转及时率", "", "群众满意度≥95%", "坏\udcff字"]
    sent = "\n".join(lines).encode("utf-8", "surrogateescape")
    done = subprocess.run([JIXIAO, "annotate", "-", "--json"], input=sent, capture_output=True, check=True)
    found = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [item["text"] for item in found] == [*lines[:3], "坏\ufffd字"]
    entity = found[0]["entities"][0]
    assert entity == {"start": 0, "end": 2, "label": "OBJECT", "text": "公文"}
    assert found[2]["target_value"]["kind"] == "rate"


def test_each_line_is_answered_as_it_comes() -> None:
    command = [JIXIAO, "annotate", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None and running.stdout is not None
        for text in ("督查任务完成率", "≥95%", "长期"):
            running.stdin.write(f"{text}\n".encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["text"] == text
        running.stdin.close()
    assert running.returncode == 0


def test_the_fiscal_year_dates_a_deadline(jixiao: Command) -> None:
    answer = jixiao("annotate", "6月底前", "--json", "--fiscal-year", "2024")
    assert json.loads(answer.out)["target_value"]["date"] == "2024-06-30"


def test_the_steps_of_a_score_rule(jixiao: Command) -> None:
    answer = jixiao("annotate", "全面完成20分，完成70%以上10分", "--json")
    found = json.loads(answer.out)
    assert found["target_value"]["kind"] == "score_rule"
    assert found["score_steps"] == [
        {"condition": "全面完成", "points": 20},
        {"condition": "完成70%以上", "points": 10},
    ]


def test_people_see_steps_and_what_could_not_be_read(jixiao: Command) -> None:
    out = jixiao("annotate", "完成70%以上10分，每少1次扣1分", "≥95%；≥90%", "--", "-5%").out
    assert "评分规则  完成70%以上 得 10 分；每少1次 扣 1 分" in out
    assert "作为指标值：未能读懂" in out and "作为指标值：=-5%" in out


def test_input_that_is_no_utf_8_is_told_of() -> None:
    sent = "资金拨付及时率\n合格率\n".encode("gb18030")
    done = subprocess.run([JIXIAO, "annotate", "-"], input=sent, capture_output=True, check=True)
    assert "标准输入第 1 行不是 UTF-8" in done.stderr.decode("utf-8")
    assert done.stderr.count(b"\n") == 1


def test_a_byte_order_mark_is_no_text() -> None:
    sent = "\ufeff公文流转\r\n".encode()
    done = subprocess.run([JIXIAO, "annotate", "-", "--json"], input=sent, capture_output=True, check=True)
    assert json.loads(done.stdout)["text"] == "公文流转"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-", "满意度"], "- 表示标准输入，应单独给出"),
        (["-5%"], "以 - 开头的文本放在 -- 后面"),
        (["--fiscal-year", "2200", "满意度"], "应为 1990 到 2100 的整数"),
    ],
)
def test_what_is_wrong_is_said(jixiao: Command, arguments: list[str], told: str) -> None:
    answer = jixiao("annotate", *arguments)
    assert answer.status == 2 and told in answer.err


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--fiscal-year", "23", "满意度"]])
def test_wrong_use_is_told(jixiao: Command, arguments: list[str]) -> None:
    answer = jixiao("annotate", *arguments)
    assert answer.status == 2 and answer.err


def test_an_argument_that_is_no_utf8(jixiao: Command) -> None:
    answer = jixiao("annotate", "坏\udcff字", "--json")
    assert json.loads(answer.out)["text"] == "坏\ufffd字"
