"""From bytes to text: which encoding a Chinese text file is in (文本编码)."""

import re
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from ontology.errors import DocumentError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "Office 或压缩文件（docx、xlsx、zip）"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（doc、xls）"),
    (b"\x1f\x8b", "压缩文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"\x7fELF", "程序"),
)
_SAMPLE = 65536
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


LONGEST_LINE = 2_000_000
"""Characters; a disclosure printed on one line is some hundred thousand long."""

_DAMAGE_LIMIT = 1000
"""A handful of characters, and one in so many, may be damaged before a text is taken for no text at all."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, its encoding, and a remark where bytes of it are damaged."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode_text(data: bytes, *, file: str) -> DecodedText:
    """Given the bytes of a text file, return its text.

    UTF-8 (with or without BOM) and GB18030 are tried first, because nearly all Chinese text is in one
    of them and a strict decoding hardly ever succeeds by accident; the rest is left to
    charset-normalizer. Raises DocumentError for an empty file, a file of another format, bytes that
    are no text, and lines without end.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(
                f"文件 {file} 的内容是{what}，不是文本；扩展名为 .txt 或 .md 的文件应为纯文本"
            )
    decoded = _without_controls(_decode(data, file), file)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u3000\xa0"):
        raise DocumentError(f"文件 {file} 是空的，应为含有绩效目标的文本")
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            told = (
                f"文件 {file} 第 {number} 行长 {len(line):,} 个字符，应不超过 {LONGEST_LINE:,} 个；请分行另存"
            )
            raise DocumentError(told)
    return decoded


def _without_controls(decoded: DecodedText, file: str) -> DecodedText:
    """The text without control characters, which print nothing and could steer a terminal."""
    text, count = _CONTROLS.subn("", decoded.text)
    if not count:
        return decoded
    told = f"文件 {file} 含有 {count} 个控制字符，已去掉，其余照常"
    return replace(decoded, text=text, remarks=(*decoded.remarks, told))


def _decode(data: bytes, file: str) -> DecodedText:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as_marked(data, encoding, file)
    text = _decoded(data, "utf-8")
    if text is not None and _is_plausible(text):
        return DecodedText(text, "utf-8")
    if b"\x00" in data[:_SAMPLE]:
        return _decode_utf16(data, file)
    text = _decoded(data, "gb18030")
    if text is not None and _is_plausible(text) and _is_common_chinese(text):
        return DecodedText(text, "gb18030")
    return (
        _decode_damaged(data, "utf-8", file) or _decode_damaged(data, "gb18030", file) or _guess(data, file)
    )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_as_marked(data: bytes, encoding: str, file: str) -> DecodedText:
    text = _decoded(data, encoding)
    found = DecodedText(text, encoding) if text is not None else _decode_damaged(data, encoding, file)
    if found is None:
        raise DocumentError(f"文件 {file} 开头标明是 {encoding} 编码，内容却不是；请另存为 UTF-8")
    return found


def _decode_damaged(data: bytes, encoding: str, file: str) -> DecodedText | None:
    """The text with a mark (�) for each damaged character; None where more than a few are."""
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
    if damaged > 5 + len(text) // _DAMAGE_LIMIT or not (_is_plausible(text) and _is_common_chinese(text)):
        return None
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    told = (
        f"文件 {file} 有 {damaged} 处不是 {encoding} 编码（第一处在第 {line} 行），"
        "那里的字读作“\ufffd”，其余照常"
    )
    return DecodedText(text, encoding, (told,))


def _decode_utf16(data: bytes, file: str) -> DecodedText:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _decoded(data, encoding)
        if text is not None and _is_plausible(text):
            return DecodedText(text, encoding)
    raise DocumentError(f"文件 {file} 含有二进制内容，不是文本；应为 UTF-8、GB18030 或 UTF-16 编码的文本")


def _guess(data: bytes, file: str) -> DecodedText:
    best = from_bytes(data[: _SAMPLE * 4]).best()
    if best is not None:
        text = _decoded(data, best.encoding)
        if text is not None and _is_plausible(text):
            return DecodedText(text, best.encoding)
    raise DocumentError(f"文件 {file} 的编码无法识别；应为 UTF-8、GB18030 或 UTF-16 编码的文本")


def _is_plausible(text: str) -> bool:
    """Whether decoded text looks like Chinese writing rather than bytes read in a wrong encoding."""
    sample = text[:_SAMPLE]
    if not sample.strip():
        return True
    odd = sum(
        1 for char in sample if (char < " " and char not in "\t\n\r\f\v") or "\ue000" <= char <= "\uf8ff"
    )
    common = sum(
        1 for char in sample if "\u4e00" <= char <= "\u9fff" or " " <= char <= "~" or char in "\t\n\r"
    )
    return odd * 50 <= len(sample) and common * 2 >= len(sample)


def _is_common_chinese(text: str) -> bool:
    """Whether the characters are those of everyday writing: Big5 read as GB18030 gives rare ones."""
    chinese = [char for char in text[:_SAMPLE] if "\u4e00" <= char <= "\u9fff"]
    common = len("".join(chinese).encode("gb2312", errors="ignore")) // 2
    return common * 10 >= len(chinese) * 7
