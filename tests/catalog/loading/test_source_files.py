import pytest

from aiff_catalog.loading.adapters import read_file, read_folder


def read(tmp_path, text: str | bytes):
    path = tmp_path / "funding" / "bourse.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path, tmp_path)


def test_a_file_is_known_by_its_folder_and_its_name(tmp_path):
    file = read(tmp_path, "slug: bourse")
    assert (file.name, file.folder, file.slug) == ("funding/bourse.yaml", "funding", "bourse")
    assert file.value == {"slug": "bourse"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("2026-11-30", "2026-11-30"),
        ("10:30", "10:30"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("42", 42),
        ("-7", -7),
        ("0.25", 0.25),
        ("1e3", 1000.0),
        (".inf", ".inf"),
        ('"42"', "42"),
    ],
)
def test_only_what_json_would_call_a_number_or_a_truth_is_one(tmp_path, text, value):
    read_value = read(tmp_path, f"a: {text}").value["a"]
    assert read_value == value
    assert type(read_value) is type(value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "repeated"),
        ("a: [1, 2\nb: 3\n", 2, "expected"),
        ("a: &x 1\nb: *y\n", 2, "undefined alias"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "could not determine a constructor"),
        ("a: 1\n<<: {b: 2}\n[x]: 1\n", 3, "key"),
    ],
)
def test_a_fault_of_the_yaml_names_the_line(tmp_path, text, line, words):
    fault = read(tmp_path, text).unreadable
    assert f"line {line}" in fault.detail
    assert words in fault.detail


@pytest.mark.parametrize("raw", [b"\xff\xfe\xfa", b"a: \x00", b"[" * 100_000])
def test_what_is_no_text_or_too_deep_is_a_fault_too(tmp_path, raw):
    assert read(tmp_path, raw).unreadable is not None


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path)
