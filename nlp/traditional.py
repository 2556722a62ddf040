"""Traditional letters (繁体字) read as simplified ones, letter for letter."""

import tomllib
from pathlib import Path

from ontology.errors import VocabularyError

FILE = Path(__file__).with_name("traditional.toml")


def _read_letters() -> dict[int, str]:
    pairs = tomllib.loads(FILE.read_text("utf-8"))["pairs"].split()
    letters = {pair[0]: pair[1:] for pair in pairs}
    if len(letters) != len(pairs) or any(len(letter) != 1 for letter in letters.values()):
        raise VocabularyError(f"{FILE.name} 里每个繁体字只能对应一个简体字，且只能出现一次")
    return str.maketrans(letters)


_LETTERS = _read_letters()


def simplify(text: str) -> str:
    """Given a text, return it in simplified letters, as long as before.

    >>> simplify("不低於90%")
    '不低于90%'
    """
    return text.translate(_LETTERS)
