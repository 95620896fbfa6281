"""A real spreadsheet program opens the workbook."""

import shutil
import subprocess
from pathlib import Path

import pytest

from nubank_assets.export.workbook import write_workbook
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets_tests.export.household import household

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_prints_every_worksheet(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    write_workbook(household(tmp_path), path, "pt-BR")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pdf = (tmp_path / "w.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    pages = pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n") + pdf.count(b"/Type /Page ")
    assert pages == len(WORKSHEETS)
