"""Reading YAML: data, places, and refusing what no file of ours needs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glasshouse.files.errors import InputError
from glasshouse.files.read import locate, read_document
from glasshouse.files.yaml import DEEPEST, parse, scalar

PACKAGE = "glasshouse.catalogue"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("yes", "yes"), ("on", "on"), ("no", "no"),
        ("0", 0), ("-12", -12), ("+7", 7), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1e-3", 0.001),
        ("2026-11-21", "2026-11-21"), ("100_000", "100_000"), ("1,000", "1,000"), ("0x10", "0x10"), ("12:30", "12:30"),
        (".inf", ".inf"), ("-", "-"), ("9" * 30, 1e30), ("nan", "nan"),
    ],
)  # fmt: skip
def test_plain_words_are_those_of_yaml_1_2(text: str, value: object) -> None:
    got = scalar(text)
    assert (got, type(got)) == (value, type(value))


def test_quotes_make_text() -> None:
    assert parse('a: "1"\nb: \'true\'\nc: "null"').data == {"a": "1", "b": "true", "c": "null"}


def test_places_of_keys_and_values() -> None:
    spot = parse("one: é\ntwo:\n  - {three: 3,   four: 4}\n").spot
    assert locate(spot, ("one",)) == ((0, 5), 0)
    assert locate(spot, ("two", 0, "four")) == ((2, 23), 0)
    assert locate(spot, ("two", 0, "four"), at_key=True) == ((2, 17), 0)
    assert locate(spot, ("two", 0, "five")) == ((2, 4), 0)  # what is missing belongs to the block it is missing in
    assert locate(spot, ("three",)) == ((0, 0), 0)


def refusal(tmp_path: Path, raw: bytes, name: str = "file.yaml") -> str:
    """The one line that a file gets."""
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as error:
        read_document(path, PACKAGE, "scheme")
    message = str(error.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


HOSTILE = {
    "empty": (b"", ": the file is empty"),
    "blank": (b"  \n\n", ": the file is empty"),
    "only a comment": (b"# nothing\n", ": the file is empty"),
    "a list": (b"- a\n- b\n", ": a scheme file is a mapping of keys to values (key: value), and this is not one"),
    "a word": (b"hello", ": a scheme file is a mapping of keys to values (key: value), and this is not one"),
    "UTF-16": ("id: x".encode("utf-16"), ": the file is in UTF-16; save it as UTF-8"),
    "UTF-16 backwards": (b"\xfe\xff" + "id: x".encode("utf-16-be"), ": the file is in UTF-16; save it as UTF-8"),
    "UTF-32": ("id: x".encode("utf-32"), ": the file is in UTF-32; save it as UTF-8"),
    "UTF-16 without mark": ("id: x".encode("utf-16-le"), ": this is not a text file (it holds a zero byte on line 1)"),
    "latin-1": ("id: x\nname: Lübeck\n".encode("latin-1"), ": line 2 is not UTF-8 (byte 0xfc); save the file as UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", ": this is not a text file (it holds a zero byte on line 3)"),
    "a control character": (b"id: x\nname: a\x1b[31mb\n", ": line 2 holds a character that cannot be seen (U+001B); remove it"),
    "a hidden line break": ("id: x\nname: a\u2028b\n".encode(), ": line 2 holds a character that cannot be seen (U+2028); remove it"),
    "a mark inside": ("id: x\nname: \ufeffa\n".encode(), ": line 2 holds a character that cannot be seen (U+FEFF); remove it"),
    "an anchor": (b"a: &x 1\n", ":1:4: an anchor (&x) is not read here; write the value out where it is needed"),
    "an alias": (b"a: *x\n", ":1:4: an alias (*x) is not read here; write the value out"),
    "laughs": (b"a: &a [x]\nb: [*a, *a]\n", ":1:4: an anchor (&a) is not read here; write the value out where it is needed"),
    "a tag": (b"a: !!python/object:os.system x\n", ":1:4: a YAML tag ('tag:yaml.org,2002:python/object:os.system') is not read here; "
              "write the plain value"),
    "two documents": (b"a: 1\n---\nb: 2\n", ":2:1: a second document begins here; a file holds one scheme or world"),
    "a directive": (b"%YAML 1.2\n---\na: 1\n", ":1:1: a % directive is not read here; remove it"),
    "deep in brackets": (b"a: " + b"[" * 100_000, f":1:{DEEPEST + 4}: values are nested more than {DEEPEST} levels deep; "
                         "no scheme or world file is"),
    "deep in blocks": (b"\n".join(b" " * i + b"a:" for i in range(60)), f":{DEEPEST + 1}:{DEEPEST + 1}: values are nested more than "
                       f"{DEEPEST} levels deep; no scheme or world file is"),
    "too many": (b"a: [" + b"1, " * 300_000, ":1:599996: the file holds more than 200,000 keys and values; no scheme or world file does"),
    "too large": (b"#" * 10_000_001, ": the file has 10,000,001 bytes; at most 10,000,000 are read"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_get_one_clear_line(tmp_path: Path, name: str) -> None:
    raw, expected = HOSTILE[name]
    assert refusal(tmp_path, raw) == expected


def test_a_byte_order_mark_of_utf_8_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: x\r\nname: y\r\n")
    document = read_document(path, PACKAGE, "scheme")
    assert document.data == {"id": "x", "name": "y"}
    assert locate(document.tree.spot, ("name",)) == ((1, 6), 0)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path, expected in (
        (tmp_path, ": this is a folder, not a file"),
        (tmp_path / "gone.yaml", ": there is no such file"),
        (tmp_path / "gone" / "too.yaml", ": there is no such file"),
        (pipe, ": this is not an ordinary file"),
        (tmp_path / ("x" * 300 + ".yaml"), ": the file cannot be read: File name too long"),
    ):
        with pytest.raises(InputError) as error:
            read_document(path, PACKAGE, "scheme")
        assert str(error.value) == str(path) + expected


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed.yaml"
    path.write_text("a: 1")
    path.chmod(0)
    with pytest.raises(InputError, match="there is no permission to read this file"):
        read_document(path, PACKAGE, "scheme")


def test_zero_bytes_in_a_path_are_refused() -> None:
    with pytest.raises(InputError, match="the file cannot be read"):
        read_document(Path("a\0b.yaml"), PACKAGE, "scheme")
