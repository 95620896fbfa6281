"""What a person opens, in the bucket: a function's own folder is nobody's. Replaced only when something changed."""

from typing import Final

from nubank_assets.lake.files import open_store
from nubank_assets.settings import Settings

#: Below the bucket's prefix.
RESULTS: Final = "results"


def keep_results(made: Settings) -> list[str]:
    """Put the workbook and the page that were made in this home into the bucket; the names of those that changed."""
    store = open_store(f"{made.bucket_root}/{RESULTS}")
    changed = []
    for path in (made.workbook_path, made.dashboard_path):
        data = path.read_bytes()
        if store.exists(path.name) and store.read(path.name) == data:
            continue
        store.write(path.name, data)
        changed.append(path.name)
    return changed


def places_of(settings: Settings) -> tuple[str, ...]:
    """Where a person finds what an execution made."""
    sheet = [settings.spreadsheet_address] if "sheets" in settings.destinations else []
    files = (settings.workbook_path, settings.dashboard_path)
    return (*sheet, *(f"{settings.bucket_root}/{RESULTS}/{path.name}" for path in files))
