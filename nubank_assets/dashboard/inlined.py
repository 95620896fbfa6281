"""What is put into the page as it is: styles, scripts, the chart library, the icon; and the policy that allows no more.

The scripts are small modules that name what they import; here they become one script, in the order in which they
need each other. How the library is renewed is in ``docs/dashboard.md``.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
#: In the order in which they need each other; a module only uses those above it.
SCRIPTS: Final = (
    "data",
    "wording",
    "periods",
    "figures",
    "parts",
    "balances",
    "views",
    "elements",
    "theme",
    "charts",
    "commitments",
    "dialog",
    "summary",
    "panels",
    "counted",
    "controls",
    "main",
)
STYLES: Final = ("colours", "layout", "controls", "tables", "proofs", "dialog", "paper")
_IMPORT: Final = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)
_COMMENT: Final = re.compile(r"^ *(/\*\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)


@cache
def library() -> str:
    """The chart library, byte for byte as it was published."""
    return (_FOLDER / "vendor" / "echarts.common.min.js").read_text(encoding="utf-8")


@cache
def scripts() -> str:
    """The modules as one script, without their comments, in a scope of its own."""
    modules = [(_FOLDER / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    bodies = [_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", module))) for module in modules]
    return '"use strict";\n{\n' + "\n".join(bodies) + "}\n"


@cache
def styles() -> str:
    """All styles, in order."""
    return "\n".join((_FOLDER / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@cache
def icon() -> str:
    """The icon of the browser's tab, in the address itself."""
    image = (_FOLDER / "styles" / "icon.svg").read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(image).decode()}"


@cache
def policy() -> str:
    """What the page may do: run these very scripts, use these very styles, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash_of(library())} {_hash_of(scripts())}",
            f"style-src {_hash_of(styles())}",
            "img-src data:",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def _hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
