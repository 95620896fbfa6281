"""What is said beside the rows that a person wrote, in both languages. ``person_answers.py`` picks one and fills it."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "row_new": ("a próxima execução lê esta linha", "the next run reads this row"),
    "row_beyond": (
        "só as primeiras {most} linhas são lidas; apague as que não precisam mais",
        "only the first {most} rows are read; delete those that are no longer needed",
    ),
    "row_no_category": (
        "falta a nova categoria; escolha uma da lista",
        "the new category is missing; choose one of the list",
    ),
    "row_unknown_category": (
        "categoria desconhecida: {category}; escolha uma da lista",
        "unknown category: {category}; choose one of the list",
    ),
    "row_no_line": (
        "falta dizer qual lançamento: o id, ou conta, fatura ou mês, título e valor (de um estabelecimento, o título)",
        "it does not say which line: its id, or account, bill or month, title and amount (of a merchant, the title)",
    ),
    "row_unknown_scope": (
        "não se sabe a que vale: {applies_to}; escreva linha ou estabelecimento, ou deixe vazio",
        "it is not known what it applies to: {applies_to}; write line or merchant, or leave it empty",
    ),
    "row_no_day": ("falta a data", "the date is missing"),
    "row_no_amount": ("falta o valor", "the amount is missing"),
    "row_broken_bill": (
        "fatura não entendida: {bill}; escreva o mês como 2026-10 ou 10/2026",
        "the bill is not understood: {bill}; write its month as 2026-10 or 10/2026",
    ),
    "row_broken_amount": (
        "valor não entendido; escreva-o como 1.234,56",
        "the amount is not understood; write it as 1234.56",
    ),
    "row_ambiguous_amount": (
        "valor que pode ser lido de duas formas; escreva também os centavos, como 1.234,00",
        "the amount can be read in two ways; write the centavos too, as 1234.00",
    ),
    "row_broken_account": (
        "conta não entendida; use o nome que está na coluna conta das outras abas, como card",
        "the account is not understood; use the name in the column account of the other worksheets, such as card",
    ),
    "row_broken_day": (
        "data não entendida; escreva-a como 05/10/2026",
        "the date is not understood; write it as 2026-10-05",
    ),
    "row_day_out_of_range": (
        "dia no futuro, ou de antes do Nubank; um saldo é do fim de um dia que já passou ou de hoje",
        "the day is to come, or before Nubank; a balance is of the end of a day that is over, or of today",
    ),
    "row_mixed": (
        "saldo e limite na mesma conta; um saldo é de uma conta, um limite é de um cartão: use duas linhas",
        "a balance and a limit of one account; a balance is an account's, a limit a card's: use two rows",
    ),
    "row_other_product": (
        "essa conta é de outro produto; um saldo é de uma conta, um limite é de um cartão",
        "that account is of another product; a balance is an account's, a limit a card's",
    ),
    "row_contradicted": (
        "outra linha diz outro valor para a mesma conta no mesmo dia; nenhuma das duas vale",
        "another row says another value of the same account on the same day; neither counts",
    ),
    "correction_applied": ("aplicada: {lines}, {before} → {after}", "applied: {lines}, {before} → {after}"),
    "correction_confirmed": (
        "aplicada: {lines}; já era {after} sem ela",
        "applied: {lines}; it is {after} without it too",
    ),
    "correction_waiting": (
        "lida; vale quando estes meses forem processados: {months}",
        "read; it counts when these months are run: {months}",
    ),
    "correction_unmatched": (
        "nenhum lançamento encontrado; confira o id, ou conta, fatura ou mês, título e valor",
        "no line was found; check the id, or account, bill or month, title and amount",
    ),
    "correction_conflicting": (
        "conflito com a linha {rows}, que diz outra categoria do mesmo lançamento; nenhuma das duas vale",
        "conflict with row {rows}, which says another category of the same line; neither counts",
    ),
    "correction_conflicting_command": (
        "conflito com o comando {documents}, que diz outra categoria; nenhum vale: apague-a ou use `nubank forget`",
        "conflict with the command {documents}, which says otherwise; neither counts: delete it or `nubank forget`",
    ),
    "correction_replaced": (
        "outro comando, mais novo, diz a categoria deste lançamento",
        "another, newer command says the category of this line",
    ),
    "correction_of_merchant": (
        "vale para o estabelecimento: {lines} → {after}",
        "applies to the merchant: {lines} → {after}",
    ),
    "correction_not_an_expense": (
        "não é uma despesa; receitas e movimentos neutros não têm categoria",
        "it is no expense; income and neutral movements have no category",
    ),
    "lines_one": ("1 lançamento", "1 line"),
    "lines_many": ("{lines} lançamentos", "{lines} lines"),
    "statement_read": ("lida", "read"),
    "statement_read_new_account": (
        "lida; {account} é uma conta a mais: de outras fontes há {known}",
        "read; {account} is one more account: other sources have {known}",
    ),
}


def say(key: str, locale: str, /, **values: object) -> str:
    """The sentence of a key in a language, its `{places}` filled."""
    return SENTENCES[key][locale == "en"].format(**values)
