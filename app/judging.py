"""Keeping a judgement (记下判断): the graph must be this workspace's and hold both sides."""

from collections.abc import Sequence
from pathlib import Path

from app.build_run import Track
from app.builder import rederive
from app.judgement_file import add_judgement, wrong_sides
from app.workspace import is_workspace, read_workspace
from graph.judged import unknown_sides
from graph.judgements import Judgement, Subject
from graph.reuse import stored_disclosures
from graph.store import GraphStore
from ontology.errors import WorkspaceError


def keep_judgement(
    folder: Path, judgement: Judgement, *, track: Track, address: str | None = None
) -> Sequence[str]:
    """Keep a judgement, and bring what the graph derives up to it; returns what there is to say.

    Raises WorkspaceError where it is not about two things, where the graph does not hold both or is another
    workspace's, StoreError.
    """

    wrong = wrong_sides(judgement)
    if wrong:
        raise WorkspaceError(f"没有记下判断：{wrong}")

    def change(store: GraphStore) -> None:
        unknown = unknown_sides(store, judgement)
        if unknown:
            is_target = judgement.subject is Subject.TARGETS
            kind = "目标" if is_target else "指标"
            told = "编号见 jixiao duplicates --json -" if is_target else "名称照文件里印的写"
            raise WorkspaceError(f"图谱里没有{kind}{'和'.join(f'“{side}”' for side in unknown)}；{told}")
        add_judgement(folder, judgement)

    return rederive(folder, change, track=track, address=address)


def may_judge(store: GraphStore, folder: Path) -> bool:
    """Whether a graph is this workspace's, so that judgements of it are kept here."""
    if not is_workspace(folder):
        return False
    return all(map(read_workspace(folder).has_loaded, stored_disclosures(store).values()))
