"""GPU names as drivers, clouds and people write them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiff_contracts.gpu_names import (
    MAKER_OF,
    MEMORIES,
    GpuName,
    folded_gpu,
    gpu_spellings,
    parse_gpu,
)
from aiff_contracts.packaged import packaged_entries

_names = st.builds(
    lambda model, form, place: GpuName(
        MAKER_OF[model], model, form, MEMORIES[model][place % len(MEMORIES[model])]
    ),
    st.sampled_from(sorted(MAKER_OF)),
    st.sampled_from([None, "SXM", "PCIE", "OAM"]),
    st.integers(0, 4),
)
# Name, and what it says: model, form, memory in GB, number.
SAID = [
    ("NVIDIA H100 80GB HBM3", ("H100", "SXM", 80, None)),
    ("NVIDIA H100 PCIe", ("H100", "PCIE", None, None)),
    ("NVIDIA H100 NVL", ("H100", "NVL", None, None)),
    ("GH100 [H100 SXM5 80GB]", ("H100", "SXM", 80, None)),
    ("Tesla V100-SXM2-16GB", ("V100", "SXM", 16, None)),
    ("V100-32GB", ("V100", None, 32, None)),
    ("NVIDIA A100-SXM4-40GB", ("A100", "SXM", 40, None)),
    ("NVIDIA A100 80GB PCIe", ("A100", "PCIE", 80, None)),
    ("A100 40 Go PCIe", ("A100", "PCIE", 40, None)),
    ("A100-80", ("A100", None, 80, None)),
    ("A100-64GB (Leonardo custom)", ("A100", None, 64, None)),
    ("NVIDIA GH200 480GB", ("GH200", None, 96, None)),
    ("NVIDIA GH200 144G HBM3e", ("GH200", None, 144, None)),
    ("GB200 NVL72", ("GB200", "NVL72", None, None)),
    ("NVIDIA H200 NVL", ("H200", "NVL", None, None)),
    ("NVIDIA RTX A6000", ("RTX-A6000", None, None, None)),
    ("NVIDIA RTX 6000 Ada Generation", ("RTX-6000-ADA", None, None, None)),
    ("NVIDIA GeForce RTX 4090", ("RTX-4090", None, None, None)),
    ("AMD Instinct MI300X OAM", ("MI300X", "OAM", None, None)),
    ("mi 250x", ("MI250X", None, None, None)),
    ("TPU v5p", ("TPU-V5P", None, None, None)),
    ("Intel Gaudi 2", ("GAUDI2", None, None, None)),
    ("H 100", ("H100", None, None, None)),
    ("H100 80 Go", ("H100", None, 80, None)),
    ("8x H100", ("H100", None, None, 8)),
    ("4 \u00d7 A100 80 Go", ("A100", None, 80, 4)),
    ("H100 x8", ("H100", None, None, 8)),
    ("HGX H100", ("H100", "SXM", None, None)),
    ("H100-SXM-8-80G", ("H100", "SXM", 80, 8)),
    ("L40S-1-48G", ("L40S", None, 48, 1)),
    ("Standard_ND96isr_H100_v5", ("H100", "SXM", 80, 8)),
    ("p5.48xlarge", ("H100", "SXM", 80, 8)),
    ("p3.8xlarge", ("V100", "SXM", 16, 4)),
    ("a2-highgpu-4g", ("A100", "SXM", 40, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said"), SAID, ids=[name for name, _ in SAID])
def test_a_name_says_its_parts(name: str, said: tuple) -> None:
    parsed = parse_gpu(name)
    assert parsed is not None
    assert (parsed.model, parsed.form, parsed.memory_gb, parsed.count) == said
    assert parsed.part is None


@pytest.mark.parametrize("name", ["h100-1520", "l40s-90", "A100", "H100 SXM5"])
def test_what_a_name_leaves_out_is_not_guessed(name: str) -> None:
    parsed = parse_gpu(name)
    assert parsed is not None
    assert parsed.memory_gb is None


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("NVIDIA A100-SXM4-80GB MIG 1g.10gb", "A100"),
        ("GRID A100X-10C", "A100"),
        ("NVIDIA A100-10C", "A100"),
        ("GRID V100D-8Q", "V100"),
    ],
)
def test_a_slice_is_no_whole_gpu(name: str, model: str) -> None:
    parsed = parse_gpu(name)
    assert parsed is not None
    assert parsed.part is not None
    assert parsed.model == model
    assert folded_gpu(name) != folded_gpu(parsed.canonical)


@pytest.mark.parametrize("name", ["H10", "A1O0", "MI3000X", "GPU", "A100 or H100", "L400", "B20"])
def test_no_model_is_read_into_a_name(name: str) -> None:
    assert parse_gpu(name) is None
    assert len(gpu_spellings(name)) == 1


@given(_names)
def test_a_canonical_name_is_read_back_as_it_is(name: GpuName) -> None:
    parsed = parse_gpu(name.canonical)
    assert parsed == name
    assert parsed is not None
    assert parse_gpu(parsed.canonical) == parsed


@given(_names, st.sampled_from(["{}", "NVIDIA {}", "amd instinct {}", "{} Go", " {}  "]))
def test_a_maker_and_a_case_change_nothing(name: GpuName, shape: str) -> None:
    for spelled in (name.canonical, name.canonical.lower()):
        assert folded_gpu(shape.format(spelled)) == folded_gpu(name.canonical)


@given(_names, st.integers(1, 64))
def test_a_number_in_front_is_counted_and_changes_no_model(name: GpuName, count: int) -> None:
    assert parse_gpu(f"{count}x {name.canonical}") == replace(name, count=count)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(name: str) -> None:
    assert gpu_spellings(name)
    parsed = parse_gpu(name)
    assert parsed is None or parsed.model


def test_no_spelling_of_the_packaged_table_leads_to_two_rows() -> None:
    owners: dict[str, str] = {}
    for entry in packaged_entries("gpu_models"):
        for spelling in (entry.code, *entry.aliases):
            assert owners.setdefault(folded_gpu(spelling), entry.code) == entry.code
