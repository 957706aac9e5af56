"""Any input, however broken: it is read or named unreadable, in time, and nothing else suffers."""

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import pipeline
from soak.fuzzing import Outcome, run

SEED = 1_000_000
PORTION = 500


def run_apart(numbers: range) -> Outcome:
    """The same in a process of its own, whose end by a crash or a hang ends no other."""
    path = os.pathsep.join(map(str, (Path(pipeline.__file__).parents[1], Path(__file__).parents[1])))
    command = [sys.executable, "-m", "soak.fuzzing", str(numbers.start), str(numbers.stop)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path})
    if done.returncode:
        return Outcome(inputs=len(numbers), faults=[f"{numbers}: {done.stderr.decode(errors='replace')[-3000:]}"])
    return Outcome(**pickle.loads(done.stdout))


@pytest.mark.parametrize("inputs", [30, pytest.param(20_000, marks=pytest.mark.soak)])
def test_every_input_is_accounted_for_in_time(inputs: int) -> None:
    first = int(os.environ.get("CORRIDOR_FUZZ_SEED", SEED))
    portions = [range(start, min(start + PORTION, first + inputs)) for start in range(first, first + inputs, PORTION)]
    outcome = Outcome()
    if len(portions) == 1:
        outcome.add(run(portions[0]))
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for number, found in enumerate(pool.map(run_apart, portions), 1):
                outcome.add(found)
                print(f"{number} of {len(portions)} portions: {outcome}", flush=True)
    print(outcome)
    assert outcome.faults == []
    assert outcome.slow == []
    assert outcome.inputs == inputs
    assert outcome.texts == outcome.documents + sum(outcome.unreadable.values())
    assert outcome.documents > inputs / 4
    assert outcome.claims > inputs
    assert outcome.memory < 3_000


def test_what_a_process_of_its_own_found_is_what_is_found_here() -> None:
    numbers = range(SEED, SEED + 1)
    apart, here = run_apart(numbers), run(numbers)
    assert apart.faults == here.faults == []
    assert (apart.inputs, apart.kinds, apart.texts, apart.documents, apart.claims, apart.unreadable) == (
        *(here.inputs, here.kinds, here.texts, here.documents, here.claims, here.unreadable),
    )
