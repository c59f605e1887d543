"""A photo that hangs, crashes or bursts costs that one photo. The workers here really do so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from app.base.errors import GatljusError
from app.base.words import speaking
from app.photos.pool import AHEAD, TIME_LIMIT_S, Failed, Pool, Prepared
from app.photos.reasons import REFUSED, Reason, sentence
from app.photos.worker import Message, Preparing, prepare

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT / "tests" / "data" / "photos"
GOOD = PHOTOS / "orientation_1.jpg"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signals or limits")


def misbehave(path: Path, scratch: Path, name: str) -> Iterator[Message]:
    """Prepares a photo, but comes to grief over the pixels of one whose name says so."""
    for message in prepare(path, scratch, name):
        yield message
        blocks = []
        while "hangs" in path.name:
            time.sleep(0.01)
        while "spins" in path.name:
            pass
        while "eats" in path.name:
            blocks.append(bytearray(50_000_000))
        if "killed" in path.name:
            os.kill(os.getpid(), signal.SIGKILL)
        if "crashes" in path.name:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "exits" in path.name:
            os._exit(3)


def misbehave_at_once(path: Path, scratch: Path, name: str) -> Iterator[Message]:
    """Comes to grief before anything is known of the photo."""
    if "exits" in path.name:
        os._exit(3)
    yield from prepare(path, scratch, name)


class Unstartable:
    """A worker that is handed this ends before it begins."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (7,)


def _photos(folder: Path, *names: str) -> list[Path]:
    paths = [folder / f"{name}.jpg" for name in names]
    for path in paths:
        path.write_bytes(GOOD.read_bytes())
    return paths


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hangs", Reason.TOO_SLOW),
        ("spins", Reason.TOO_SLOW),
        ("exits", Reason.CRASHED),
        pytest.param("killed", Reason.CRASHED, marks=POSIX),
        pytest.param("crashes", Reason.CRASHED, marks=POSIX),
        pytest.param("eats", Reason.TOO_MUCH_MEMORY, marks=POSIX),
    ],
)
def test_what_brings_a_worker_down_costs_that_one_photo(tmp_path: Path, name: str, reason: Reason) -> None:
    paths = _photos(tmp_path, "a", "b", name, "c", "d", "e", "f")
    limit = 3.0 if reason is Reason.TOO_SLOW else TIME_LIMIT_S
    with Pool(preparing=misbehave, time_limit_s=limit) as pool:
        results = list(pool.run(paths))
    assert [result.path for result in results] == paths
    assert [result.reason for result in results] == [None, None, reason, None, None, None, None]
    lost = results[2]
    assert isinstance(lost, Prepared)
    whole = results[0]
    assert isinstance(whole, Prepared)
    assert (lost.report, lost.thumb) == (None, None)
    assert (lost.sha256, lost.size, lost.format, lost.facts) == (whole.sha256, whole.size, whole.format, whole.facts)
    assert lost.why


def test_the_bytes_are_kept_of_a_photo_of_which_nothing_was_found_out(tmp_path: Path) -> None:
    paths = _photos(tmp_path, "a", "exits", "b")
    with Pool(preparing=misbehave_at_once) as pool:
        one, lost, other = pool.run(paths)
    assert isinstance(one, Prepared)
    assert isinstance(lost, Prepared)
    assert isinstance(other, Prepared)
    assert (lost.sha256, lost.format, lost.reason) == (one.sha256, one.format, Reason.CRASHED)
    assert one.report == other.report is not None


def test_many_crashes_in_a_row_are_survived(tmp_path: Path) -> None:
    names = [f"exits {number}" if number % 3 else f"fine {number}" for number in range(12)]
    with Pool(preparing=misbehave) as pool:
        results = list(pool.run(_photos(tmp_path, *names)))
    assert [result.reason for result in results] == [Reason.CRASHED if number % 3 else None for number in range(12)]


def test_results_come_in_order_also_when_a_slow_photo_is_first(tmp_path: Path) -> None:
    paths = [PHOTOS / "IMG_2291.HEIC", *_photos(tmp_path, *"abcdefghijkl")]
    with Pool() as pool:
        assert [result.path for result in pool.run(paths)] == paths


def test_warm_workers_are_used_again(tmp_path: Path) -> None:
    with Pool(scratch=tmp_path) as pool:
        before = [worker.process.pid for worker in pool._workers]
        for _ in range(3):
            assert [result.reason for result in pool.run([GOOD, GOOD, GOOD])] == [None] * 3
        assert [worker.process.pid for worker in pool._workers] == before
        assert len(before) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_run_may_be_left_early_and_another_begun(tmp_path: Path) -> None:
    paths = _photos(tmp_path, "a", "hangs", *"bcdefghijklmnop")
    with Pool(preparing=misbehave) as pool:
        run = pool.run(paths)
        assert next(run).path == paths[0]
        cast(Any, run).close()
        assert [result.reason for result in pool.run([GOOD] * 5)] == [None] * 5


@POSIX
def test_a_pool_may_be_left_in_the_middle(tmp_path: Path) -> None:
    paths = _photos(tmp_path, "a", "hangs", "b")
    with Pool(preparing=misbehave) as pool:
        run = pool.run(paths)
        next(run)
        workers = [worker.process for worker in pool._workers]
        pids = [worker.pid for worker in workers]
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    cast(Any, run).close()


def test_files_are_taken_from_the_list_as_they_are_needed() -> None:
    asked = []

    def paths() -> Iterator[Path]:
        for number in range(100):
            asked.append(number)
            yield GOOD

    with Pool() as pool:
        run = pool.run(paths())
        next(run)
        assert len(asked) <= 1 + AHEAD
        cast(Any, run).close()


def test_an_empty_list_ends_at_once() -> None:
    with Pool() as pool:
        assert list(pool.run([])) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("IMG_0000.jpg", Reason.EMPTY),
        ("anteckningar.jpg", Reason.NOT_A_PHOTO),
        ("gone.jpg", Reason.MISSING),
        (".", Reason.UNREADABLE),
        ("bomb.png", Reason.TOO_LARGE),
        ("lying_sof.jpg", Reason.TOO_LARGE),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(name: str, reason: Reason) -> None:
    with Pool() as pool:
        assert list(pool.run([PHOTOS / name])) == [Failed(PHOTOS / name, reason)]


def test_workers_that_cannot_start_are_said_and_not_tried_for_ever() -> None:
    with (
        Pool(preparing=cast(Preparing, Unstartable())) as pool,
        pytest.raises(GatljusError) as said,
    ):
        list(pool.run([GOOD]))
    assert said.value.code == "photo-workers"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_a_sentence(reason: Reason) -> None:
    with speaking("sv"):
        assert sentence(reason).endswith(".")
        assert ("sparad" in sentence(reason) or "sparat" in sentence(reason)) == (reason not in REFUSED)


def _run(*arguments: str, stdin: str = "") -> list[str]:
    done = subprocess.run(
        [sys.executable, *arguments], input=stdin, capture_output=True, encoding="utf-8", timeout=120, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.splitlines()


PROGRAM = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
print("main")
from pathlib import Path
from app.photos.pool import Pool
with Pool() as pool:
    print(sum(result.reason is None for result in pool.run([Path({str(GOOD)!r})] * 4)))
"""


def test_the_workers_do_not_run_the_programs_main_module_again(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    assert _run(str(tmp_path / "program.py")) == ["main", "4"]
    assert _run("-", stdin=PROGRAM) == ["main", "4"]
    assert _run("-c", PROGRAM) == ["main", "4"]


MEASURED = """
import resource, sys
from pathlib import Path
from app.photos.pool import Pool
def peak():
    # On Linux ru_maxrss begins with the size of whoever started the program; VmHWM is the program's own.
    try:
        lines = open("/proc/self/status").read().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
with Pool() as pool:
    shown = sum(getattr(result, "report", None) is not None for result in pool.run(map(Path, sys.argv[1:])))
print(shown, peak())
"""


@POSIX
def test_the_program_stays_small_while_it_imports() -> None:
    paths = [path for path in sorted(PHOTOS.iterdir()) if path.suffix not in (".json", ".md", "")]
    shared = ROOT.parent / "shared" / "data" / "photos" / "IMG_108MP.jpg"
    if shared.exists():
        paths += [shared] * 3
    shown, peak = map(int, _run("-c", MEASURED, *map(str, paths))[0].split())
    assert shown >= 27
    assert peak < 300e6


@POSIX
def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    program = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from app.photos.pool import Pool
with Pool(Path({str(tmp_path)!r})) as pool:
    list(pool.run([Path({str(GOOD)!r})] * 2))
    print(*(worker.process.pid for worker in pool._workers), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8", timeout=60)
    assert done.returncode == -signal.SIGKILL
    pids = [int(each) for each in done.stdout.split()]
    assert len(pids) == 2
    until = time.monotonic() + 30
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < until, "a worker outlived its program"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # An ended process that nobody has asked after is still listed.
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
