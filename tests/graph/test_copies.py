"""Copied targets, repeats, objectives, boilerplate, copied values and reuse, on small made targets."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.boilerplate import bootstrap_bounds, indicator_boilerplate, share_of
from graph.copies import compare_targets, repeats_within, target_groups
from graph.copy_search import sharing_targets
from graph.corpus import IndicatorItem, TargetItem
from graph.judged import judged_pairs, judged_sharing
from graph.judgements import Judgement, Judgements, Subject, Verdict
from graph.objectives import CopyKind, copied_objectives
from graph.reuse_axes import Axis, reuse_along
from graph.same_values import same_values
from nlp.normal_form import concept_of
from nlp.relate import IndicatorText
from ontology.ids import stable_id
from ontology.model import Relation
from tests.samples import target_pairs


def target(
    project: str,
    *indicators: str,
    year: int | None = 2024,
    unit: str = "青泉县图书馆",
    region: str = "青泉县",
    objective: str | None = None,
    budget: float | None = None,
) -> TargetItem:
    """A project's target; each indicator is written 名称|指标值, with /分类 behind where it matters."""
    target_id = stable_id("target", unit, project, year)
    items = []
    for number, text in enumerate(indicators):
        name, _, value = text.partition("|")
        value, _, class_id = value.partition("/")
        context = " ".join(part for part in (project, unit, objective) if part)
        concept = concept_of(name)
        items.append(
            IndicatorItem(
                id=f"{target_id}-{number}",
                text=IndicatorText(name=name, printed_value=value, context=context),
                class_id=class_id or None,
                concept_id=stable_id("concept", concept) if concept else None,
            )
        )
    return TargetItem(
        id=target_id, name=project, scope="项目", file=f"{unit}{year}.txt", objective=objective,
        fiscal_year=year, budget=budget, project_id=stable_id("project", unit, project), project=project,
        unit_id=stable_id("unit", unit), unit=unit, region=region, indicators=tuple(items),
    )  # fmt: skip


ROWS = ("新增图书册数|≥300册", "图书编目差错率|≤1%", "读者满意度|≥95%", "到馆读者人次|≥5万人次")
BOOKS = target("图书购置", *ROWS)


class TestTargetPairs:
    def test_the_same_rows_with_other_numbers_are_copied(self) -> None:
        other = target("少儿图书购置", *ROWS[:3], "到馆读者人次|≥8万人次", "借阅册次|≥1万册次")
        (pair,) = target_pairs([BOOKS, other])
        assert (pair.label, pair.share, len(pair.shared)) == ("copied", 1.0, 4)
        relations = [item.reading.relation for item in pair.shared]
        assert relations.count(Relation.IDENTICAL) == 3 and relations.count(Relation.SAME_TEMPLATE) == 1

    def test_half_of_the_smaller_one_is_partly_copied(self) -> None:
        other = target("馆舍维修", *ROWS[2:], "维修面积|≥200平方米", "验收合格率|100%")
        (pair,) = target_pairs([BOOKS, other])
        assert (pair.label, pair.share) == ("partly_copied", 0.5)

    def test_one_common_row_is_no_copy(self) -> None:
        alone = target("小额项目", "读者满意度|≥95%", "维修次数|2次")
        assert list(target_pairs([BOOKS, alone])) == []

    def test_an_indicator_counts_once(self) -> None:
        twice = target("重复", "读者满意度|≥95%", "读者满意度|≥95%")
        assert len(compare_targets(BOOKS, twice).shared) == 1

    def test_rows_with_each_project_s_own_object_are_shared(self) -> None:
        one = target("路灯维护", "路灯完好率|98%", "保障路灯正常运行|100%", "路灯投诉次数|≤5次")
        other = target("喷泉维护", "喷泉完好率|98%", "保障喷泉正常运行|100%", "水泵更换数量|2台")
        (pair,) = target_pairs([one, other])
        assert len(pair.shared) == 2

    def test_the_earlier_year_stands_first_without_blame(self) -> None:
        later = target("图书购置", *ROWS, year=2025)
        (pair,) = target_pairs([later, BOOKS])
        assert [item.fiscal_year for item in pair.in_order] == [2024, 2025]
        assert pair.earlier_word == "先见于 2024 年“图书购置”"

    def test_groups_hold_only_pairs_that_were_compared(self) -> None:
        rows = [f"第{letter}项巡护里程|≥{number}公里" for number, letter in enumerate("甲乙丙丁", start=1)]
        one, other, third = (target(name, *ROWS) for name in ("甲", "乙", "丙"))
        bridge = target("丁", ROWS[0], ROWS[1], rows[0], rows[1])
        far = target("戊", *rows)
        groups = target_groups((p.one, p.other) for p in target_pairs([one, other, third, bridge, far]))
        for group in groups:
            for mine in group:
                for theirs in group:
                    if mine.id != theirs.id:
                        assert compare_targets(mine, theirs).share >= 0.5
        assert max(len(group) for group in groups) == 4
        assert all(far.id not in {item.id for item in group} for group in groups)


class TestRepeats:
    def test_one_text_under_two_classes(self) -> None:
        (found,) = repeats_within(
            [target("图书购置", "读者满意度|≥95%/socialBenefit", "读者满意度|≥95%/beneficiarySatisfaction")]
        )
        assert found.reading.relation is Relation.IDENTICAL
        assert "分别列在社会效益指标、服务对象满意度指标之下" in found.reason

    def test_other_words_and_sentences_inside_sentences(self) -> None:
        rows = ("保障图书馆正常开放|", "确保图书馆正常开放|", "图书编目差错率|≤1%")
        found = list(repeats_within([target("图书购置", *rows)]))
        assert [[item.text.name for item in each.indicators] for each in found] == [
            ["保障图书馆正常开放", "确保图书馆正常开放"]
        ]

    def test_different_rows_are_not_repeats(self) -> None:
        assert list(repeats_within([BOOKS])) == []


class TestObjectives:
    @pytest.mark.parametrize(
        ("objective", "kind"),
        [
            ("丰富馆藏。保障阅览室全年免费开放。", CopyKind.INDICATOR),
            ("图书购置，丰富馆藏", CopyKind.PROJECT_NAME),
        ],
    )
    def test_what_an_objective_repeats_of_its_own(self, objective: str, kind: CopyKind) -> None:
        own = target("图书购置", "保障阅览室全年免费开放|100%", objective=objective)
        found = list(copied_objectives([own]))
        assert [(each.kind, each.is_verbatim) for each in found] == [(kind, True)]

    def test_another_project_s_goal_word_for_word(self) -> None:
        goal = "购置图书三千册，满足读者阅读需求。"
        one = target("图书购置", *ROWS, objective=goal)
        other = target("少儿图书购置", *ROWS, objective=goal)
        found = list(copied_objectives([one, other]))
        assert {(each.kind, each.other_target.id) for each in found} == {
            (CopyKind.OTHER_GOAL, other.id),
            (CopyKind.OTHER_GOAL, one.id),
        }

    def test_that_a_goal_names_what_is_measured_is_no_copy(self) -> None:
        own = target("图书购置", *ROWS, objective="购置图书三千册，读者满意度达到95%以上。")
        assert list(copied_objectives([own])) == []


class TestBoilerplate:
    def test_a_task_word_of_its_own_makes_a_text_specific(self) -> None:
        rows = ("读者阅览座位数|≥200个", "完成率|100%", "2024年12月底前完成|", "保障各项工作正常开展|")
        found = {
            each.item.text.name: each.score for each in indicator_boilerplate([target("图书购置", *rows)])
        }
        assert found["读者阅览座位数"] < 0.5
        assert min(found["完成率"], found["2024年12月底前完成"], found["保障各项工作正常开展"]) >= 0.5

    def test_support_and_reason(self) -> None:
        targets = [target(f"项目{n}", "完成及时率|100%", unit=f"单位{n}") for n in range(3)]
        found = indicator_boilerplate(targets)[0]
        assert (found.targets, found.projects, found.units) == (3, 3, 3)
        assert found.reason.startswith("没有项目自己的词")
        assert found.reason.endswith("同样的写法在 3 个目标（3 个项目、3 个单位）中出现")

    def test_what_is_not_known_is_not_counted(self) -> None:
        whole = replace(target("部门整体", "完成及时率|100%"), project_id=None, project=None)
        unknown = replace(target("项目", "完成及时率|100%"), unit_id=None, unit=None)
        found = indicator_boilerplate([whole, unknown])[0]
        assert (found.targets, found.projects, found.units) == (2, 1, 1)

    def test_the_units_own_words_are_no_projects_words(self) -> None:
        (found,) = indicator_boilerplate([target("馆舍维修", "图书馆完好率|100%", unit="青泉图书馆")])
        assert found.own_words == ()
        assert found.reason.startswith("除了本单位名称里的“图书馆”，没有项目自己的词")

    def test_the_words_of_a_value_count_too(self) -> None:
        rows = ("工作正常开展|保障古籍修复正常开展", "工作正常开展|100%")
        first, second = indicator_boilerplate([target("运行经费", *rows)])
        assert first.score < 0.5 <= second.score

    def test_a_share_with_few_indicators_has_a_wide_interval(self) -> None:
        few = share_of(indicator_boilerplate([target("图书购置", "完成率|100%", "古籍修复册数|30册")]))
        assert (few.indicators, few.boilerplate, few.share) == (2, 1, 0.5)
        assert (few.low, few.high) == (0.0, 1.0)
        low, high = bootstrap_bounds(200, 100)
        assert 0.4 < low < 0.5 < high < 0.6
        low, high = bootstrap_bounds(20_000, 5_000)
        assert 0.24 < low < 0.25 < high < 0.26

    # Wilson's bounds where each drawing is alike: of none, and of all.
    @pytest.mark.parametrize(
        ("total", "said", "bounds"),
        [
            (0, 0, (0.0, 1.0)),
            (1, 0, (0.0, 0.7935)),
            (5, 0, (0.0, 0.4345)),
            (5, 5, (0.5655, 1.0)),
            (1000, 1000, (0.9962, 1.0)),
        ],
    )
    def test_bounds_where_nothing_varies(self, total: int, said: int, bounds: tuple[float, float]) -> None:
        assert bootstrap_bounds(total, said) == bounds

    @given(st.integers(1, 300), st.data())
    def test_bounds_hold_the_share_and_have_a_width(self, total: int, data: st.DataObject) -> None:
        said = data.draw(st.integers(0, total))
        low, high = bootstrap_bounds(total, said)
        assert 0 <= low <= round(said / total, 4) <= high <= 1 and low < high
        turned = bootstrap_bounds(total, total - said)
        if said in (0, total):
            assert (round(1 - high, 4), round(1 - low, 4)) == turned


def test_values_copied_between_projects_of_very_different_size() -> None:
    small = target("小项目", "维护次数|≥12次", "读者满意度|≥95%", budget=10_000)
    large = target("大项目", "维护次数|≥12次", "读者满意度|≥95%", budget=5_000_000)
    like = target("近项目", "维护次数|≥12次", budget=20_000)
    (found,) = same_values([small, large, like])
    assert (found.name, found.printed_value, len(found.projects)) == ("维护次数", "≥12次", 3)
    assert (found.smallest, found.largest) == (10_000, 5_000_000)
    assert same_values([small, like]) == []


def test_the_four_axes_of_reuse_are_kept_apart() -> None:
    targets = [
        target("图书购置", "读者满意度|≥95%", year=2023),
        target("图书购置", "读者满意度|≥95%", year=2024),
        target("馆舍维修", "读者满意度|≥90%"),
        target("图书下乡", "读者 满意度|≥90%", unit="云溪县图书馆", region="云溪县"),
    ]
    (found,) = reuse_along(targets)
    assert found.along(Axis.YEARS) == 2 and found.along(Axis.UNIT) == 2
    assert found.along(Axis.UNITS) == 2 and found.along(Axis.REGIONS) == 2
    assert found.values == (("≥95%", 2), ("≥90%", 2))
    assert found.wordings == (("读者满意度", 3), ("读者 满意度", 1))
    assert found.years == (2023, 2024) and found.projects == 3
    (over_years,) = found.groups(Axis.YEARS)
    assert (over_years.unit, over_years.name, over_years.years, over_years.values) == (
        "青泉县图书馆", "图书购置", (2023, 2024), (("≥95%", 2),),
    )  # fmt: skip
    (inside,) = found.groups(Axis.UNIT)
    assert (inside.name, inside.projects) == ("青泉县图书馆", ("图书购置", "馆舍维修"))
    assert [group.name for group in found.groups(Axis.UNITS)] == ["云溪县图书馆", "青泉县图书馆"]
    assert [group.name for group in found.groups(Axis.REGIONS)] == ["云溪县", "青泉县"]


def test_a_unit_that_is_not_known_is_no_unit() -> None:
    unknown = replace(target("图书购置", "读者满意度|≥95%"), unit_id=None, unit=None)
    known = target("馆舍维修", "读者满意度|≥90%")
    (found,) = reuse_along([unknown, known])
    assert (found.units, found.projects) == (1, 2)
    assert [group.name for group in found.groups(Axis.UNITS)] == ["青泉县图书馆"]


def test_the_two_sides_of_a_shared_indicator_are_told_in_the_order_of_the_targets() -> None:
    rows = "保障防汛工作顺利进行|100%", "保障普查工作顺利进行|100%"
    (shared,) = compare_targets(target("防汛", rows[0]), target("普查", rows[1])).shared
    assert "“防汛”和“普查”" in shared.reading.reason
    assert "“普查”和“防汛”" in shared.turned.reading.reason
    assert shared.turned.turned == shared


class TestJudgements:
    def test_indicators_judged_apart_are_not_shared(self) -> None:
        names = "保障防汛工作顺利进行", "保障普查工作顺利进行"
        both = [
            target(project, f"{name}|100%", "资金到位率|100%", "完成率|100%")
            for project, name in zip(("防汛", "普查"), names, strict=True)
        ]
        (pair,) = target_pairs(both)
        assert pair.share == 1
        apart = Judgements(
            (Judgement(subject=Subject.INDICATORS, one=names[1], other=names[0], verdict=Verdict.DIFFERENT),)
        )
        (left,) = judged_pairs([(pair.one, pair.other)], both, apart)
        assert len(left.shared) == 2 and left.share == 0.6667
        assert list(judged_pairs([(pair.one, pair.other)], both, apart, min_share=0.7)) == []

    def test_what_is_judged_apart_leaves_room_for_what_is_the_same(self) -> None:
        one = target("甲", "2021年培训场次|≥3场", "2022年培训场次|≥3场", "验收合格率|100%")
        other = target("乙", "2022年培训场次|≥5场", "2021年培训场次|≥5场", "验收合格率|100%")
        names = [{item.one.text.name, item.other.text.name} for item in compare_targets(one, other).shared]
        assert all(len(each) == 1 for each in names), "an equal name comes before one template"
        judged = Judgement(
            subject=Subject.INDICATORS, one="2021年培训场次", other="2022年培训场次",
            verdict=Verdict.DIFFERENT,
        )  # fmt: skip
        (pair,) = judged_pairs([(one, other)], [one, other], Judgements((judged,)))
        assert pair.share == 1
        (sharing,) = judged_sharing([one, other], Judgements((judged,)))
        assert sharing.share == 1

    def test_every_pair_is_counted_whatever_is_judged(self) -> None:
        targets = [target(f"项目{n}", *ROWS, f"第{n}馆古籍修复册数|≥{n}册") for n in range(120)]
        count = 120 * 119 // 2
        assert sum(each.pairs + each.unlisted for each in sharing_targets(targets)) == count
        first = next(iter(sharing_targets(targets)))
        apart = Judgement(
            subject=Subject.TARGETS, one=first.one.id, other=first.other.id, verdict=Verdict.DIFFERENT
        )
        found = judged_sharing(targets, Judgements((apart,)))
        assert sum(each.pairs + each.unlisted for each in found) == count - 1

    def test_the_newest_judgement_of_a_pair_counts_whichever_stands_first(self) -> None:
        judged = Judgements(
            (
                Judgement(subject=Subject.INDICATORS, one="甲", other="乙", verdict=Verdict.SAME),
                Judgement(subject=Subject.INDICATORS, one="乙 ", other="甲", verdict=Verdict.DIFFERENT),
            )
        )
        found = judged.of_indicators("甲", "乙")
        assert found is not None and found.verdict is Verdict.DIFFERENT

    def test_targets_judged_apart_are_no_pair(self) -> None:
        other = target("少儿图书购置", *ROWS)
        (pair,) = target_pairs([BOOKS, other])
        apart = Judgement(subject=Subject.TARGETS, one=other.id, other=BOOKS.id, verdict=Verdict.DIFFERENT)
        assert not Judgements((apart,)).allows_targets(pair)
        assert Judgements().allows_targets(pair)
