"""What every open store has in common (打开的图谱库): it is given back once, and a reader writes nothing."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import NoReturn, Self

from graph.batch import GraphBatch
from ontology.errors import StoreError


class OpenStore(ABC):
    """A store that was opened; `shown` is what sentences call it, and holds no password."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    @abstractmethod
    def close(self) -> None:
        """Give the store back; closing again does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _refuse_closed(self) -> NoReturn:
        raise StoreError(f"图谱 {self._shown} 已经关闭，应重新打开后再用")


class ReadOnlyStore(OpenStore):
    """A store opened for reading: whatever would write is refused."""

    def write(self, batch: GraphBatch, *, run_id: str) -> None:
        self._refuse_to_write()

    def delete_stale(self, disclosure_id: str, *, run_id: str) -> None:
        self._refuse_to_write()

    def delete_disclosure(self, disclosure_id: str) -> None:
        self._refuse_to_write()

    def replace_derived(self, batch: GraphBatch, *, run_id: str) -> None:
        self._refuse_to_write()

    def publish(self) -> None:
        self._refuse_to_write()

    def _refuse_to_write(self) -> NoReturn:
        raise StoreError(f"图谱 {self._shown} 是以只读方式打开的，不能写入")
