"""How assets are divided: each declared source is a partition.

The partitions are dynamic, since sources are declared in a file that changes while Dagster runs: whoever starts a run first
brings the instance's partitions in line with the file. Reading sources does not belong here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

import dagster as dg
from dagster import AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest

PARTITIONS_NAME = "source"
RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"

source_partitions = dg.DynamicPartitionsDefinition(name=PARTITIONS_NAME)

PartitionsRequest = AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest


def partition_changes(known: Sequence[str], declared: Iterable[str]) -> tuple[list[PartitionsRequest], list[str]]:
    """What to add and delete so that the partitions are the declared sources, and the partitions that there are then.

    The order is that of the instance: partitions that stay, then new ones in the order given.
    """
    names = list(dict.fromkeys(declared))
    added = [name for name in names if name not in known]
    deleted = [name for name in known if name not in names]
    requests: list[PartitionsRequest] = []
    if added:
        requests.append(source_partitions.build_add_request(added))
    if deleted:
        requests.append(source_partitions.build_delete_request(deleted))
    return requests, [name for name in known if name in names] + added


def align_partitions(instance: dg.DagsterInstance, declared: Iterable[str]) -> list[str]:
    """Makes the instance's partitions the declared sources, and returns them in the instance's order."""
    requests, _ = partition_changes(instance.get_dynamic_partitions(PARTITIONS_NAME), declared)
    for request in requests:
        if isinstance(request, AddDynamicPartitionsRequest):
            instance.add_dynamic_partitions(PARTITIONS_NAME, request.partition_keys)
        else:
            for name in request.partition_keys:
                instance.delete_dynamic_partition(PARTITIONS_NAME, name)
    return list(instance.get_dynamic_partitions(PARTITIONS_NAME))


def all_of(partitions: Sequence[str]) -> Mapping[str, str]:
    """The tags of a run that takes all of the partitions, given in the instance's order. Raises `ValueError` for none."""
    if not partitions:
        raise ValueError("there is no source to refresh")
    return {RANGE_START_TAG: partitions[0], RANGE_END_TAG: partitions[-1]}


def runs_of(partitions: Sequence[str], wanted: Collection[str]) -> list[Mapping[str, str]]:
    """The tags of the fewest runs that together take the wanted ones of the partitions, given in the instance's order.

    A run takes partitions that follow each other.
    """
    stretches = (list(names) for taken, names in groupby(partitions, lambda name: name in wanted) if taken)
    return [all_of(names) for names in stretches]


def taken_by(tags: Mapping[str, str], partitions: Sequence[str]) -> list[str]:
    """Which of the partitions, given in the instance's order, a run with these tags takes; all, if they name none of them."""
    ends = [tags.get(name, "") for name in (RANGE_START_TAG, RANGE_END_TAG)]
    if not set(ends) <= set(partitions):
        return list(partitions)
    return list(partitions[partitions.index(ends[0]) : partitions.index(ends[1]) + 1])
