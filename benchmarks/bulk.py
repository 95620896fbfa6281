"""Many export lines in the real formats, quickly: bills and statements over three years.

Bulk for measuring; a realistic household is made by ``nubank_assets.sources.demo``.
"""

import random
from pathlib import Path

from nubank_assets.domain.months import add_months

_MONTHS = 36
_FIRST = "2023-01"
_MERCHANTS = ("Padaria", "Mercado", "Posto", "Drogaria", "Uber *Trip", "Ifood *", "Livraria", "Loja", "Bar do", "Otica")
_PERSONS = ("FULANA DE TAL", "BELTRANO INVENTADO", "CICRANA FICTICIA", "EMPRESA DEMONSTRA LTDA")


def write_bulk(folder: Path, lines: int, seed: int = 1) -> None:
    """Write about `lines` lines: half of them card lines, half account lines."""
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    each = lines // _MONTHS // 2
    for index in range(_MONTHS):
        month = add_months(_FIRST, index)
        (folder / f"Nubank_{month}-10.csv").write_text(_bill(draw, month, each))
        (folder / f"NU_1_{month}.csv").write_text(_statement(draw, month, each))


def _bill(draw: random.Random, month: str, lines: int) -> str:
    before = add_months(month, -1)
    rows = ["date,title,amount"]
    for _ in range(lines):
        title = f"{draw.choice(_MERCHANTS)} {draw.randrange(2000)}"
        parcel = f" - Parcela {draw.randint(1, 3)}/3" if draw.random() < 0.1 else ""
        rows.append(
            f'{before}-{draw.randint(1, 28):02d},{title}{parcel},"{draw.randint(1, 999)},{draw.randrange(100):02d}"'
        )
    return "\n".join(rows) + "\n"


def _statement(draw: random.Random, month: str, lines: int) -> str:
    rows = ["Data,Valor,Identificador,Descrição"]
    year, number = month.split("-")
    for _ in range(lines):
        sent = draw.random() < 0.7
        verb, sign = ("enviada", "-") if sent else ("recebida", "")
        party = f"{draw.choice(_PERSONS)} {draw.randrange(500)} - •••.123.456-•• - NU PAGAMENTOS - IP (0260)"
        identifier = f"{draw.getrandbits(128):032x}"
        amount = f"{sign}{draw.randint(1, 999)}.{draw.randrange(100):02d}"
        text = f"Transferência {verb} pelo Pix - {party} Agência: 1 Conta: 12345678-9"
        rows.append(f"{draw.randint(1, 28):02d}/{number}/{year},{amount},{identifier},{text}")
    return "\n".join(rows) + "\n"
