"""A GPU's name taken apart: maker, model, form, memory and number, however it is written.

`nvidia-smi` prints `NVIDIA H100 80GB HBM3`, a cloud sells `H100-SXM-8-80G` or `p5.48xlarge`, a
person writes `H100 80 Go`. What a name leaves out stays unknown: `A100` has 40, 64 or 80 GB, and
nobody says which.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

Row = TypeVar("Row")
Maker = Literal["nvidia", "amd", "intel", "google"]

# Memory in GB with which each model was sold; a bare number is memory only if it stands here.
# Sources: data sheets of the makers; the 64 GB of Leonardo and MareNostrum 5 were made for them.
_NVIDIA: dict[str, tuple[float, ...]] = {
    "K80": (12, 24), "P100": (12, 16), "P40": (24,), "V100": (16, 32), "V100S": (32,),
    "T4": (16,), "A2": (16,), "A10": (24,), "A10G": (24,), "A16": (64,), "A30": (24,),
    "A40": (48,), "A100": (40, 64, 80), "A800": (40, 80), "L4": (24,), "L40": (48,),
    "L40S": (48,), "H20": (96, 141), "H100": (64, 80, 94, 96), "H800": (80, 94), "H200": (141,),
    "GH200": (96, 144), "B100": (180, 192), "B200": (180, 192), "B300": (270, 288),
    "GB200": (186, 192), "GB300": (279, 288), "RTX-A4000": (16,), "RTX-A5000": (24,),
    "RTX-A6000": (48,), "RTX-4000-ADA": (20,), "RTX-5000-ADA": (32,), "RTX-6000-ADA": (48,),
    "RTX-PRO-6000": (96,), "RTX-2080-TI": (11,), "RTX-3080": (10, 12), "RTX-3090": (24,),
    "RTX-4080": (16,), "RTX-4090": (24,), "RTX-5090": (32,),
}  # fmt: skip
_AMD: dict[str, tuple[float, ...]] = {
    "MI50": (16, 32), "MI60": (32,), "MI100": (32,), "MI210": (64,), "MI250": (128,),
    "MI250X": (128,), "MI300A": (128,), "MI300X": (192,), "MI308X": (192,), "MI325X": (256,),
    "MI350X": (288,), "MI355X": (288,), "MI430X": (432,), "MI455X": (432,),
}  # fmt: skip
_INTEL: dict[str, tuple[float, ...]] = {"GAUDI2": (96,), "GAUDI3": (128,), "MAX-1550": (128,)}
_GOOGLE: dict[str, tuple[float, ...]] = {
    "TPU-V2": (16,), "TPU-V3": (32,), "TPU-V4": (32,), "TPU-V5E": (16,), "TPU-V5P": (95,),
    "TPU-V6E": (32,),
}  # fmt: skip
_MAKERS: dict[Maker, dict[str, tuple[float, ...]]] = {
    "nvidia": _NVIDIA, "amd": _AMD, "intel": _INTEL, "google": _GOOGLE,
}  # fmt: skip
MAKER_OF: dict[str, Maker] = {model: maker for maker, all_ in _MAKERS.items() for model in all_}
MEMORIES: dict[str, tuple[float, ...]] = {
    model: sizes for models in _MAKERS.values() for model, sizes in models.items()
}
# Instance types of which only their cloud's documentation says the GPU: the pattern, what it means
# and its number of GPUs (None: several sizes have several numbers).
_INSTANCES: tuple[tuple[str, str, int | None], ...] = (
    (r"P3DN\.24XLARGE", "V100-SXM-32", 8),
    (r"P3\.(2|8|16)XLARGE", "V100-SXM-16", None),
    (r"P4D\.24XLARGE", "A100-SXM-40", 8),
    (r"P4DE\.24XLARGE", "A100-SXM-80", 8),
    (r"P5\.48XLARGE", "H100-SXM-80", 8),
    (r"P5EN?\.48XLARGE", "H200-SXM-141", 8),
    (r"P6-B200\.48XLARGE", "B200-SXM", 8),
    (r"G4DN\.\w+", "T4-16", None),
    (r"G5\.\w+", "A10G-24", None),
    (r"G6\.\w+", "L4-24", None),
    (r"G6E\.\w+", "L40S-48", None),
    (r"A2-HIGHGPU-(\d+)G", "A100-SXM-40", None),
    (r"A2-ULTRAGPU-(\d+)G", "A100-SXM-80", None),
    (r"A3-(?:HIGH|MEGA|EDGE)GPU-(\d+)G", "H100-SXM-80", None),
    (r"A3-ULTRAGPU-(\d+)G", "H200-SXM-141", None),
    (r"A4-HIGHGPU-(\d+)G", "B200-SXM", None),
    (r"G2-STANDARD-\d+", "L4-24", None),
    (r"STANDARD_ND96AMSR_A100_V4", "A100-SXM-80", 8),
    (r"STANDARD_ND96ASR_(?:A100_)?V4", "A100-SXM-40", 8),
    (r"STANDARD_ND96ISR(?:F)?_H100_V5", "H100-SXM-80", 8),
    (r"STANDARD_ND96ISR_H200_V5", "H200-SXM-141", 8),
    (r"STANDARD_ND96ISR_MI300X_V5", "MI300X-OAM-192", 8),
    (r"STANDARD_NC\d+AD(?:I)?S_A100_V4", "A100-PCIE-80", None),
    (r"STANDARD_NC\d+AD(?:I)?S_H100_V5", "H100-NVL-94", None),
)  # fmt: skip
# A GH200 is printed with the memory of its processor: 480 GB beside 96, or 624 GB in all.
_SUPERCHIP = {480.0: 96.0, 576.0: 96.0, 624.0: 144.0}
_NOISE = re.compile(r"NVIDIA|AMD|INSTINCT|TESLA|[^A-Z0-9]")
_V100S_OF_AWS = {"2": 1, "8": 4, "16": 8}
_FEWEST, _MOST = 1, 100_000


@dataclass(frozen=True, slots=True)
class GpuName:
    """What a name says; None is what it does not say. `part` is a slice of a GPU (MIG, vGPU).

    `form` is SXM, PCIE, NVL or OAM, or the rack (NVL72); `memory_gb` is that of one card.
    """

    maker: Maker | None
    model: str
    form: str | None = None
    memory_gb: float | None = None
    count: int | None = None
    part: str | None = None

    @property
    def canonical(self) -> str:
        """Return the name of one such GPU in the table's own spelling, as `A100-SXM-40`."""
        memory = None if self.memory_gb is None else f"{self.memory_gb:g}"
        return "-".join(one for one in (self.model, self.form, memory) if one)


def _pattern(model: str) -> str:
    """Return a pattern that finds a model however its parts are joined: `MI250X`, `mi 250x`."""
    parts = re.split(r"-|(?<=[A-Z])(?=\d)", model)
    return r"[\s_-]*".join(map(re.escape, parts))


_MODEL = re.compile(
    r"(?<![A-Z0-9.])("
    + "|".join(_pattern(model) for model in sorted(MAKER_OF, key=lambda one: (-len(one), one)))
    + r")(?=SXM|PCIE|NVL|OAM|HBM|[^A-Z0-9]|$)"
)
_BY_FOLDED = {re.sub(r"[^A-Z0-9]", "", model): model for model in MAKER_OF}
_FORM = re.compile(r"SXM\s*\d?|PCI[\s_-]?E(?:XPRESS)?|NVL\s*\d*|OAM|(?<![A-Z])(?:HGX|DGX)(?![A-Z])")
_MEMORY = re.compile(r"(?<![A-Z0-9.])(\d{1,4}(?:\.\d+)?)\s*(?:GB|GIB|GO|GIO|G)(?![A-Z0-9])")
_BARE = re.compile(r"(?<![A-Z0-9.])(\d{2,3})(?![A-Z0-9.])")
_COUNT = re.compile(r"^\s*(\d{1,6})\s*[X*]\s*(?=[A-Z])|(?<=[\s)])[X*]\s*(\d{1,6})\s*$")
_SOLD = re.compile(r"^[A-Z0-9]+(?:-SXM|-PCIE)?-(\d{1,2})-(\d{2,3})G$")
_MIG = re.compile(r"\bMIG\b.*$|\b\d\s*G\.\d+\s*GB?\b.*$")
_VGPU = re.compile(r"^GRID\b|-\d+[ABCQ]$")
_VGPU_MODEL = re.compile(
    r"(?<![A-Z0-9])(V100|A100|H100|L40S|L40|L4|A10|A16|A40|T4|P40|P100)[DLSX]{0,2}-"
)
_RADEON = re.compile(
    r"(?<![A-Z])(RADEON[\s_-]+(?:PRO[\s_-]+|RX[\s_-]+)?[A-Z]?\d+\w*(?:[\s_-]+XTX?)?)"
)
_ALSO = (
    (re.compile(r"GRACE[\s_-]*HOPPER(?:[\s_-]*(?:SUPERCHIP|GH200))?"), "GH200"),
    (re.compile(r"QUADRO[\s_-]+"), ""),
    (re.compile(r"GAUDI[\s_-]*HL-?225\w*|HL-?225\w*"), "GAUDI2"),
    (re.compile(r"RTX[\s_-]*6000[\s_-]*PRO"), "RTX PRO 6000"),
    (re.compile(r"(?<![A-Z0-9-])A(4000|5000|6000)(?![0-9])"), r"RTX A\1"),
    (re.compile(r"(?<![A-Z0-9-])(?<!RTX )(2080[\s_-]*TI|[345]090|[34]080)(?![0-9])"), r"RTX \1"),
    (re.compile(r"RTX[\s_-]*(4000|5000|6000)[\s_-]*ADA"), r"RTX-\1-ADA"),
    (re.compile(r"TPU[\s_-]*(\d)"), r"TPU-V\1"),
)  # fmt: skip


@lru_cache(4096)
def parse_gpu(name: str) -> GpuName | None:
    """Return what a name says of a GPU, None where no known model is in it.

    A name that names two models is none: nobody could tell which one is meant.
    """
    upper = " ".join(name.upper().replace("\u00d7", "X").split())
    sold = _instance(upper)
    if sold is not None:
        return sold
    part, whole = _without_part(upper)
    for pattern, better in _ALSO:
        whole = pattern.sub(better, whole)
    models = {_BY_FOLDED[re.sub(r"[^A-Z0-9]", "", one)] for one in _MODEL.findall(whole)}
    if len(models) != 1:
        return _radeon(whole) if not models else None
    model = models.pop()
    rest = _MODEL.sub(" ", whole)
    form = _form(model, rest)
    memory = _memory(model, rest)
    return GpuName(
        MAKER_OF[model], model, form or _implied(model, rest), memory, _count(whole), part
    )


@lru_cache(4096)
def gpu_spellings(name: str) -> tuple[str, ...]:
    """Return the folded spellings under which a table may hold a GPU, the most telling first.

    A slice is no GPU: it has only the spelling that it is given by. A name without a known
    model has that one too.
    """
    own, parsed = _letters(name), parse_gpu(name)
    if parsed is None or parsed.part is not None:
        return (own,)
    memory = None if parsed.memory_gb is None else f"{parsed.memory_gb:g}"
    joined = (
        (parsed.model, parsed.form, memory),
        (parsed.model, parsed.form),
        (parsed.model, memory),
        (parsed.model,),
    )
    keys = ["".join(one for one in parts if one) for parts in joined]
    return tuple(dict.fromkeys(map(_letters, keys)))


def memories_of(name: str) -> tuple[float, ...]:
    """Return the memory of a GPU in GB as its name says, else every size that it is sold with."""
    parsed = parse_gpu(name)
    if parsed is None:
        return ()
    return MEMORIES.get(parsed.model, ()) if parsed.memory_gb is None else (parsed.memory_gb,)


def folded_gpu(model: str) -> str:
    """Return what makes two spellings of one GPU the same, whoever writes its maker's name."""
    return gpu_spellings(model)[0]


def found_gpu(table: Mapping[str, Row], model: str) -> Row | None:
    """Return the row of a table by folded spellings that a name means, None where it has none.

    What the table does not tell apart (a memory, a form) is the model's own row.
    """
    return next((table[key] for key in gpu_spellings(model) if key in table), None)


def _letters(name: str) -> str:
    return _NOISE.sub("", name.upper())


def _instance(upper: str) -> GpuName | None:
    """Return what a cloud documents of an instance type."""
    for pattern, meaning, count in _INSTANCES:
        found = re.fullmatch(pattern, upper)
        if found:
            meant = parse_gpu(meaning)
            assert meant is not None  # noqa: S101 - the table above names known models only.
            size = found.group(1) if found.re.groups else None
            gpus = _V100S_OF_AWS[size] if size and meant.model == "V100" else size and int(size)
            return GpuName(
                meant.maker, meant.model, meant.form, meant.memory_gb, count or gpus or None
            )
    return None


def _without_part(upper: str) -> tuple[str | None, str]:
    """Return the slice that a name means, if any, and the name of the whole GPU."""
    mig = _MIG.search(upper)
    if mig:
        return mig.group().strip(), upper[: mig.start()]
    virtual = _VGPU.search(upper)
    if virtual and (upper.startswith("GRID") or _VGPU_MODEL.search(upper)):
        found = _VGPU_MODEL.search(upper)
        return upper, found.group(1) if found else upper.removeprefix("GRID")
    return None, upper


def _form(model: str, rest: str) -> str | None:
    forms = {re.sub(r"[\s_-]", "", one) for one in _FORM.findall(rest)}
    short = {_short_form(model, one) for one in forms}
    return short.pop() if len(short) == 1 else None


def _short_form(model: str, form: str) -> str:
    if form.startswith(("SXM", "HGX", "DGX")):
        return "SXM"
    if form.startswith("PCI"):
        return "PCIE"
    return form if model.startswith("GB") else re.sub(r"\d", "", form)


def _implied(model: str, rest: str) -> str | None:
    """Return the form that the kind of memory gives away: only the SXM H100 of 80 GB has HBM3."""
    return "SXM" if model == "H100" and re.search(r"HBM3(?!E)", rest) and "80" in rest else None


def _memory(model: str, rest: str) -> float | None:
    told = [float(one) for one in _MEMORY.findall(rest)]
    if not told:
        sold = _SOLD.fullmatch(rest.strip()) if rest else None
        told = [float(sold.group(2))] if sold else []
    if told:
        superchip = _SUPERCHIP.get(told[0]) if model == "GH200" else None
        return superchip or told[0]
    bare = [
        float(one) for one in _BARE.findall(_FORM.sub(" ", rest)) if float(one) in MEMORIES[model]
    ]
    return bare[0] if len(bare) == 1 else None


def _count(whole: str) -> int | None:
    """Return how many a name speaks of: `8x H100`, `H100 x 8`, `H100-SXM-8-80G`."""
    found, sold = _COUNT.search(whole), _SOLD.fullmatch(whole)
    written = (found.group(1) or found.group(2)) if found else sold.group(1) if sold else None
    return int(written) if written and _FEWEST <= int(written) <= _MOST else None


def _radeon(whole: str) -> GpuName | None:
    found = _RADEON.search(whole)
    return GpuName("amd", "-".join(re.split(r"[\s_-]+", found.group(1)))) if found else None
