"""Serving a model: tokens per second, GPUs for a load, one stream alone, cost of a million tokens.

At full load a GPU is bound by what it multiplies: 2 N operations for each token read or written,
and the share of the peak that serving benchmarks reach. One stream alone is bound by memory: the
weights that work on a token are read once for each token written.
"""

from dataclasses import dataclass, replace
from math import ceil

from aiff_contracts.gpu_names import found_gpu
from aiff_matching.compute.domain.estimating import hours, job_of
from aiff_matching.compute.domain.gpus import GpuRow, GpuTable
from aiff_matching.compute.domain.memory import bytes_served
from aiff_matching.profiles.domain.need import ComputeNeed
from aiff_matching.shared.intervals import Between

_SECONDS_AN_HOUR = 3600
_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Serving:
    """What one GPU serves, and what a load takes; None is what the answers do not tell.

    `tokens_per_second` counts tokens read and written by one GPU at full load; `stream` those
    that one stream alone gets from `replica` GPUs, the fewest that hold the model; `gpus` the
    GPUs for the load that is asked for, in whole replicas where their size is known.
    """

    tokens_per_second: Between
    replica: int | None
    stream: Between | None
    load: float | None
    gpus: Between | None

    def cost_of_a_million(self, euros_an_hour: Between | None) -> Between | None:
        """Return the EUR that a million tokens cost, None where no price by the hour is known."""
        if euros_an_hour is None:
            return None
        per_hour = self.tokens_per_second.scaled(_SECONDS_AN_HOUR / _MILLION)
        return Between(euros_an_hour.low / per_hour.high, euros_an_hour.high / per_hour.low)


def serving_of(
    need: ComputeNeed, gpu: GpuRow, name: str, replica: int | None, gpus: GpuTable
) -> Serving | None:
    """Return what a GPU serves, None where the need serves nothing or lacks its parameters.

    `name` is the GPU as it was given, for its memory; `replica` the fewest that hold the model.
    """
    job = job_of(replace(need, tokens_b=1.0)) if need.task == "inference" else None
    if job is None:
        return None
    took = hours(job, gpu, gpus)
    speed = Between(*(job.tokens / (end * _SECONDS_AN_HOUR) for end in (took.high, took.low)))
    load = None
    if need.requests_per_second is not None and need.tokens_per_request is not None:
        load = need.requests_per_second * need.tokens_per_request
    return Serving(
        tokens_per_second=speed,
        replica=replica,
        stream=_stream(need, name, replica, gpus),
        load=load,
        gpus=_gpus(load, speed, replica or 1) if load else None,
    )


def _gpus(load: float, speed: Between, replica: int) -> Between:
    fewest, most = (ceil(load / (each * replica)) * replica for each in (speed.high, speed.low))
    return Between(fewest, most)


def _stream(need: ComputeNeed, name: str, replica: int | None, gpus: GpuTable) -> Between | None:
    table, size = gpus.utilisation, bytes_served(need)
    bandwidth = found_gpu(table.bandwidths, name)
    if bandwidth is None or replica is None or need.working_parameters_b is None:
        return None
    packed = need.precision in {"int4", "fp4"}
    share = next(one for one in table.streams if one.quantised is packed)
    read = need.working_parameters_b * size / (bandwidth * replica)
    return Between(share.low / read, share.high / read)
