"""Segmenting indicator texts into words (分词): jieba with a dictionary of this field, offsets kept.

jieba's own dictionary holds many words of four letters and more that are two words here (全面完成, 顺利开展,
数据备份): words longer than three letters are only cut where this field's dictionary has them.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jieba

from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("domain_words.toml")
LONGEST_GENERAL_WORD = 3
_FREQUENT = 20_000
"""How often a word of this field counts as seen: more than nearly every general word."""
UNKNOWN_TAG = "x"


class Word(NamedTuple):
    """A word of a text: what is printed from `start` to `end`, and its part of speech as jieba names it."""

    text: str
    start: int
    end: int
    tag: str


class Segmenter:
    """Cuts texts into words with one jieba tokenizer; make it once, loading takes half a second."""

    def __init__(self) -> None:
        own, apart = _read_words()
        self._tokenizer = jieba.Tokenizer()
        self._tags: dict[str, str] = {}
        frequencies, total = self._read_general_words(apart)
        for word, tag in own.items():
            frequencies[word] = _FREQUENT
            self._tags[word] = tag
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        self._tokenizer.FREQ, self._tokenizer.total = frequencies, total
        # Without this jieba would read and trust a cache that anybody may write in the temporary folder.
        self._tokenizer.initialized = True

    def _read_general_words(self, apart: frozenset[str]) -> tuple[dict[str, int], int]:
        frequencies: dict[str, int] = {}
        total = 0
        with self._tokenizer.get_dict_file() as file:
            for line in file.read().decode("utf-8").splitlines():
                word, printed, tag = line.split(" ")
                if len(word) <= LONGEST_GENERAL_WORD and word not in apart:
                    frequencies[word] = int(printed)
                    self._tags[word] = tag
                total += int(printed)
        for word in tuple(frequencies):
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        return frequencies, total

    def cut(self, text: str) -> list[Word]:
        """Given a text, return its words; joined they are the text again."""
        words = []
        start = 0
        for printed in self._tokenizer.lcut(text, HMM=False):
            end = start + len(printed)
            words.append(Word(printed, start, end, self.tag(printed)))
            start = end
        return words

    def is_listed(self, word: str) -> bool:
        """Whether the dictionaries list a word."""
        return word in self._tags

    def tag(self, word: str) -> str:
        """Part of speech of a word, as the dictionaries list it.

        One that is not listed is m (a number), eng (Latin letters), n (other letters) or x (none).
        """
        if word in self._tags:
            return self._tags[word]
        if word[:1].isdigit():
            return "m"
        return UNKNOWN_TAG if not word.isalpha() else "eng" if word.isascii() else "n"


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The one segmenter of this process."""
    return Segmenter()


def is_word(text: str) -> bool:
    """Whether the dictionaries list a text as a word."""
    return segmenter().is_listed(text)


def words_tagged(tag: str) -> frozenset[str]:
    """This field's words of a tag: people, measure, manner …"""
    return frozenset(word for word, found in _read_words()[0].items() if found == tag)


def _read_words() -> tuple[dict[str, str], frozenset[str]]:
    """The tags of this field's words, and the general words that are two here."""
    declared: dict[str, list[str]] = tomllib.loads(FILE.read_text("utf-8"))
    apart = declared.pop("apart")
    tags: dict[str, str] = {}
    for tag, words in declared.items():
        for word in words:
            if word in tags or word in apart:
                raise VocabularyError(f"{FILE.name} 中“{word}”出现了两次，应只有一次")
            tags[word] = tag
    return tags, frozenset(apart)
