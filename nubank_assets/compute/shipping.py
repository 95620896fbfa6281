"""What a cluster is given to run steps: a wheel of what the step's main needs of this package, and dagster-pipes.

What is in it is found from the imports, never listed. Where it lies is the lake's bucket, under the hash of its
bytes, so that each version goes up once. How a cluster is told to use it is for ``launch.py``.
"""

import ast
import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from nubank_assets.lake.files import open_store
from nubank_assets.transforms.steps import STEPS

#: Where code lies, beside the lake.
CODE: Final = "code"
_PACKAGE: Final = "nubank_assets"
_MAIN: Final = f"{_PACKAGE}.compute.step_main"
#: What a cluster must have, by their names on PyPI; the second is shipped beside the wheel.
_NEEDS: Final = ("pyspark", "dagster-pipes")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Shipped:
    """Where the code of a version is: the script that starts a step, and the archives it imports from."""

    main: str
    archives: tuple[str, ...]


def ship(root: str) -> Shipped:
    """Let the code be under this root, an ``s3://`` URL or a folder; what is there already is not sent again.

    Raises PermanentError and RetryableError that name the permission.
    """
    store, files = open_store(root), parcels()
    for name, data in files.items():
        if not store.exists(name):
            store.create(name, data)
    main, *archives = files
    return Shipped(store.url(main), tuple(store.url(name) for name in archives))


@cache
def parcels() -> Mapping[str, bytes]:
    """The objects of this version by name, the starting script first. The same code gives the same names and bytes."""
    files = {
        "step_main.py": Path(_file_of(_MAIN)).read_bytes(),
        f"{_PACKAGE}_steps-{version(_PACKAGE)}-py3-none-any.whl": _own_wheel(),
        f"dagster_pipes-{version('dagster-pipes')}-py3-none-any.whl": _pipes_wheel(),
    }
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()[:16]
    return {f"{CODE}/{digest}/{name}": data for name, data in files.items()}


def modules() -> dict[str, Path]:
    """Every module of this package that a step's main imports, directly or not, at its top or within a function."""
    found: dict[str, Path] = {}
    waiting = [_MAIN, *(step.module for step in STEPS.values())]
    while waiting:
        name = waiting.pop()
        if name in found or not (file := _file_of(name)):
            continue
        found[name] = Path(file)
        waiting += [name.rpartition(".")[0], *_imports(Path(file))]
    return dict(sorted(found.items()))


def _file_of(name: str) -> str:
    """The file of a module of this package; empty for anything else, such as a name within a module."""
    if name.split(".", maxsplit=1)[0] != _PACKAGE:
        return ""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:
        return ""
    return spec.origin or "" if spec else ""


def _imports(file: Path) -> Iterator[str]:
    """Dotted names that may be modules; what only type checkers see is left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _own_wheel() -> bytes:
    sources = modules()
    top = Path(_file_of(_PACKAGE)).parents[1]
    files = {path.relative_to(top).as_posix(): path.read_bytes() for path in sources.values()}
    for folder in {path.parent for path in sources.values()}:
        # Rules and other data lie beside the modules that read them.
        data = [path for pattern in ("*.csv", "py.typed") for path in folder.glob(pattern)]
        files |= {path.relative_to(top).as_posix(): path.read_bytes() for path in data}
    needs = "".join(f"Requires-Dist: {name}\n" for name in _NEEDS)
    return _wheel(files, f"{_PACKAGE}_steps", version(_PACKAGE), needs)


def _pipes_wheel() -> bytes:
    """dagster-pipes as it is installed here, so that both sides speak one version; its licence goes along."""
    found = distribution("dagster-pipes")
    kept = [
        path
        for path in found.files or ()
        if "__pycache__" not in path.parts and (path.parts[0] == "dagster_pipes" or "licenses" in path.parts)
    ]
    files = {path.as_posix(): Path(str(path.locate())).read_bytes() for path in kept}
    return _wheel(files, "dagster_pipes", found.version, "")


def _wheel(files: Mapping[str, bytes], name: str, release: str, needs: str) -> bytes:
    """A wheel of these files, always the same bytes; pip installs it, and Python imports from it as it is."""
    info = f"{name}-{release}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {release}\nRequires-Python: >=3.11\n{needs}"
    kind = f"Wheel-Version: 1.0\nGenerator: {_PACKAGE}\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    whole = {**files, f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": kind.encode()}
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in sorted(whole.items()))
    whole[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(whole.items()):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
