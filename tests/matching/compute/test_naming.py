"""The GPU table finds a model by any usual spelling, and says what it does not know."""

import pytest
from starlette.testclient import TestClient

from aiff_matching.compute.adapters.gpu_table import packaged_gpu_table
from aiff_matching.compute.domain.gpus import edit_distance, naming_of

GPUS = packaged_gpu_table()
JOB = {"task": "pretraining", "parameters_b": 7, "tokens_b": 2000}


def plan(client: TestClient, **compute: object) -> dict:
    answer = client.post("/v1/compute/plan", json={"need": {"compute": compute}})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("NVIDIA H100 80GB HBM3", "H100-SXM"),
        ("NVIDIA A100-SXM4-40GB", "A100-80"),
        ("A100-40GB", "A100-80"),
        ("NVIDIA A100 80GB PCIe", "A100-80"),
        ("Tesla V100-SXM2-16GB", "V100-32"),
        ("V100-32GB", "V100-32"),
        ("NVIDIA GH200 480GB", "GH200"),
        ("H100-80GB", "H100-SXM"),
        ("H100 80 Go", "H100-SXM"),
        ("AMD Instinct MI300X OAM", "MI300X"),
        ("GB200 NVL72", "GB200"),
        ("H100 PCIe", "H100-PCIE"),
        ("H800", "H800"),
    ],
)
def test_drivers_clouds_and_people_name_a_row(name: str, row: str) -> None:
    found = GPUS.find(name)
    assert found is not None
    assert found.model == row


@pytest.mark.parametrize("spelled", ["NVIDIA A100-SXM4-80GB", "a100", "A100 80 Go", "8x A100"])
def test_every_spelling_of_a_gpu_gives_the_same_hours(anonymous: TestClient, spelled: str) -> None:
    first = plan(anonymous, **JOB, gpu_model="A100-80")["estimate"]
    second = plan(anonymous, **JOB, gpu_model=spelled)
    assert second["estimate"] == first
    assert second["gpu_name"]["row"] == "A100-80"


def test_a_memory_that_a_name_leaves_open_is_said_to_be_open(anonymous: TestClient) -> None:
    said = plan(anonymous, **JOB, gpu_model="A100")["gpu_name"]
    assert said["memory_gb"] is None
    assert "40, 64, 80" in said["sentence"]["en"]
    assert plan(anonymous, **JOB, gpu_model="A100 40 Go")["gpu_name"]["sentence"] is None
    assert plan(anonymous, **JOB)["gpu_name"] is None


@pytest.mark.parametrize(
    ("name", "near"), [("H10", "H100-SXM"), ("A1O0", "A100-80"), ("MI3000X", "MI300X")]
)
def test_an_unknown_name_is_said_with_the_nearest(
    anonymous: TestClient, name: str, near: str
) -> None:
    answer = plan(anonymous, **JOB, gpu_model=name)
    said = answer["gpu_name"]
    assert (said["row"], answer["estimate"]) == (None, None)
    assert near in said["nearest"]
    assert name in said["sentence"]["fr"]
    assert near in said["sentence"]["en"]


def test_a_gpu_without_figures_is_told_from_a_name_that_means_nothing() -> None:
    future, wrong = (naming_of(name, GPUS).sentence for name in ("AMD Instinct MI430X", "MI43OX"))
    assert future is not None
    assert wrong is not None
    assert "has no throughput" in future.en
    assert "is not known" in wrong.en


def test_a_name_like_no_other_has_nothing_near() -> None:
    naming = naming_of("quantum processor", GPUS)
    assert naming.nearest == ()
    assert naming.sentence is not None
    assert "gpu_models" in naming.sentence.fr


def test_a_slice_is_said_to_be_no_whole_gpu(anonymous: TestClient) -> None:
    said = plan(anonymous, gpu_hours=100, gpu_model="NVIDIA A100-SXM4-80GB MIG 1g.10gb")["gpu_name"]
    assert (said["row"], said["part"], said["nearest"]) == (None, "MIG 1G.10GB", ["A100-80"])
    assert "whole" in said["sentence"]["en"]


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("", "AB", 2), ("H100", "H10", 1), ("A10O", "A100", 1)]
)
def test_letters_put_in_left_out_or_exchanged_are_counted(
    one: str, other: str, distance: int
) -> None:
    assert edit_distance(one, other) == edit_distance(other, one) == distance
