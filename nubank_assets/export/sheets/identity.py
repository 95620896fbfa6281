"""How the platform knows its own again in a spreadsheet: ids that never change, and the names of its notes.

Charts and reports follow a worksheet's id, so one that was deleted comes back under the id it had. The notes are
developer metadata: they stay with a worksheet that is renamed or moved, and nobody sees them.
"""

import zlib
from typing import Final

#: Which worksheet it is: its declared name.
WORKSHEET_NOTE: Final = "nubank_worksheet"
#: The headers and types that were laid out.
LAYOUT_NOTE: Final = "nubank_layout"
#: The digest of the cells that were written.
CONTENT_NOTE: Final = "nubank_content"
#: The version of the charts that were drawn.
PANEL_NOTE: Final = "nubank_panel"
#: The hidden worksheet on which large data waits for the moment that shows all of it.
STAGING: Final = "nubank_staging"

_LARGEST: Final = 2**31 - 1


def fixed_id(name: str) -> int:
    """The id of a worksheet, and of the protected range on it: from 1 to the largest that Google takes."""
    return zlib.crc32(f"nubank_assets:{name}".encode()) % _LARGEST + 1


def note_id(name: str, key: str) -> int:
    """The id of a note of a worksheet."""
    return fixed_id(f"{name}:{key}")
