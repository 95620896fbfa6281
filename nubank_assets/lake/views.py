"""Views that answer the original project's five tables by its names, written once as Athena SQL.

In a local lake they exist through ``lake/dialect.py``; in Glue, as Athena itself writes them, through
``aws/athena_views.py``. A view's columns are the original's; `conta`, to their right, says whose each row is.
Amounts are as people read them: spending and debt are positive. Athena shows names in lower case.
"""

from dataclasses import dataclass
from typing import Final

from nubank_assets.domain.tables import Column, ColumnType

_S, _I, _D, _M = ColumnType.STRING, ColumnType.INTEGER, ColumnType.DATE, ColumnType.MONEY


@dataclass(frozen=True)
class View:
    """One view: its name, what it holds, its columns in order, and its query in Athena's dialect."""

    name: str
    description: str
    columns: tuple[Column, ...]
    sql: str

    @property
    def column_names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


_CONTA: Final = Column("conta", _S, "Conta ou cartão, pelo nome que a plataforma lhe dá (`--account`)")
_TITLE: Final = Column("title", _S, "Título da linha, como o Nubank a escreve")
_POST_DATE: Final = Column("postDate", _D, "Dia da linha (São Paulo)")

TRANSACOES: Final = View(
    "transacoes",
    "Linhas do cartão, sem as de faturas futuras",
    (
        Column("amount", _M, "Valor em reais; positivo é gasto"),
        Column("category", _S, "Uma das doze categorias do Nubank, ou encargos"),
        Column("description", _S, "Estabelecimento: o título sem a parcela"),
        Column("time", _D, "Dia da linha (São Paulo)"),
        _TITLE,
        Column("qtd_parcelas", _I, "Em quantas parcelas; 1 se não é parcelada"),
        Column("parcela", _I, "Qual parcela é; 1 se não é parcelada"),
        _CONTA,
    ),
    """\
SELECT
  -amount_brl AS amount,
  category AS category,
  merchant AS description,
  date AS time,
  title AS title,
  coalesce(installments, 1) AS qtd_parcelas,
  coalesce(installment, 1) AS parcela,
  account AS conta
FROM card_transactions
WHERE bill_state <> 'future'""",
)

RECEITAS: Final = View(
    "receitas",
    "O que entrou, sem resgates, transferências entre contas próprias e empréstimos",
    (_POST_DATE, _TITLE, Column("amount", _M, "Valor em reais"), _CONTA),
    """\
SELECT
  date AS postDate,
  title AS title,
  amount_brl AS amount,
  account AS conta
FROM income""",
)

DESPESAS: Final = View(
    "despesas",
    "O que foi gasto no cartão e na conta, sem pagamentos de fatura e sem faturas futuras",
    (_POST_DATE, _TITLE, Column("amount", _M, "Valor em reais; positivo é gasto, negativo é estorno"), _CONTA),
    """\
SELECT
  date AS postDate,
  title AS title,
  -amount_brl AS amount,
  account AS conta
FROM expenses""",
)

LIMITE: Final = View(
    "limite",
    "Fatura aberta e limites de cada cartão nos dias em que se conhecem",
    (
        Column("Data", _D, "Dia da observação (São Paulo)"),
        Column("Fatura_atual", _M, "Fatura aberta em reais; positivo é dívida; NULL se não se conhece", True),
        Column("Limite_disponivel", _M, "Limite ainda disponível; NULL se não se conhece", True),
        Column("limite", _M, "Limite total; NULL se não se conhece", True),
        _CONTA,
    ),
    """\
SELECT
  date AS Data,
  -open_bill_brl AS Fatura_atual,
  available_limit_brl AS Limite_disponivel,
  limit_brl AS limite,
  account AS conta
FROM credit_limits""",
)

SALDO: Final = View(
    "saldo",
    "Saldo de cada conta nos dias em que foi observado",
    (Column("Data", _D, "Dia da observação (São Paulo)"), Column("Saldo", _M, "Saldo em reais"), _CONTA),
    """\
SELECT
  date AS Data,
  balance_brl AS Saldo,
  account AS conta
FROM account_balances""",
)

VIEWS: Final[dict[str, View]] = {view.name: view for view in (TRANSACOES, RECEITAS, DESPESAS, LIMITE, SALDO)}
