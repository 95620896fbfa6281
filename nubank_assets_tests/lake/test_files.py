"""Objects are replaced whole: a reader sees the old bytes or the new ones, and nothing is half there."""

import threading
from pathlib import Path

import pytest

from nubank_assets.lake.files import STAGING, ObjectStore, open_store


@pytest.fixture
def store(root: str) -> ObjectStore:
    return open_store(root)


def test_a_store_that_does_not_exist_is_empty(store: ObjectStore) -> None:
    assert store.names("a", recursive=True) == []
    assert not store.exists("a/b")
    store.remove("a/b")
    with pytest.raises(FileNotFoundError):
        store.read("a/b")


def test_what_is_written_is_read(store: ObjectStore) -> None:
    store.write("a/b/c", b"1")
    store.write("a/d", b"2")
    store.write("a/b/c", b"3")
    assert store.read("a/b/c") == b"3"
    assert store.names("a") == ["a/d"]
    assert store.names("a", recursive=True) == ["a/b/c", "a/d"]
    store.remove("a/b/c")
    assert store.names("a", recursive=True) == ["a/d"]


def test_nothing_stays_staged(store: ObjectStore) -> None:
    store.write("a", b"1")
    assert store.names(STAGING) == []


def test_a_root_is_a_path_or_a_url(tmp_path: Path) -> None:
    open_store(str(tmp_path / "com espaço é")).write("a", b"1")
    assert open_store((tmp_path / "com espaço é").as_uri()).read("a") == b"1"


def test_a_reader_never_sees_half_a_file(store: ObjectStore) -> None:
    versions = [bytes([number]) * (50_000 + number * 1000) for number in range(200)]
    store.write("table", versions[0])
    wrong: list[int] = []
    reads: list[int] = []
    done = threading.Event()

    def read_all_the_time() -> None:
        last = 0
        while not done.is_set():
            data = store.read("table")
            number = data[0]
            if data != versions[number] or number < last:
                wrong.append(number)
            last = number
            reads.append(number)

    reader = threading.Thread(target=read_all_the_time)
    reader.start()
    for version in versions:
        store.write("table", version)
    done.set()
    reader.join()
    assert wrong == []
    assert reads
