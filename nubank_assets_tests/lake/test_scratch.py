"""Files on their way to S3 lie in a private folder that nobody can guess, and that does not stay."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

_CHILD = """
import os, sys, time
from nubank_assets.lake.scratch import scratch_path
scratch_path().write_bytes(b"money")
print(scratch_path().parent, flush=True)
if os.fork() == 0:
    scratch_path().write_bytes(b"money")
    print(scratch_path().parent, flush=True)
    sys.exit()
os.wait()
print("waiting", flush=True)
sys.stdin.read()
"""


def child(folder: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "TMPDIR": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_folder_is_private_its_own_and_deleted_with_its_process(tmp_path: Path) -> None:
    with child(tmp_path) as process:
        assert process.stdout
        mine, forked, _ = (process.stdout.readline().strip() for _ in range(3))
        assert mine != forked
        assert Path(mine).stat().st_mode & 0o777 == 0o700
        assert not Path(forked).exists()
        assert [path.read_bytes() for path in Path(mine).iterdir()] == [b"money"]
        process.communicate("")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_what_a_killed_process_left_is_deleted_after_a_day(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_bytes(b"")
    with child(tmp_path) as killed:
        assert killed.stdout
        left = Path(killed.stdout.readline().strip())
        killed.stdout.readline(), killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    (tmp_path / "nubank-assets-link").symlink_to(elsewhere)
    for age, is_there in ((3600, True), (25 * 3600, False)):
        os.utime(left, (time.time() - age,) * 2)
        with child(tmp_path) as process:
            assert process.stdout
            process.stdout.readline()
            process.communicate("")
        assert left.exists() is is_there
    assert (elsewhere / "kept").exists()


def test_nothing_of_a_person_is_left_in_the_shared_folder() -> None:
    """Of this very process: its folder is in the temporary one, and open to nobody else."""
    from nubank_assets.lake.scratch import scratch_path

    folder = scratch_path().parent
    assert folder.parent == Path(tempfile.gettempdir())
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o077 == 0
