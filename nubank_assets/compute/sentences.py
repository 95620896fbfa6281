"""The sentences of the checks, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

CHECK_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "audit_columns": {
        "pt-BR": "as colunas são {found}; as declaradas, {declared}",
        "en": "columns are {found}, declared are {declared}",
    },
    "audit_type": {
        "pt-BR": "a coluna {column} é {found}; a declarada, {declared}",
        "en": "column {column} is {found}, declared is {declared}",
    },
    "audit_nulls": {
        "pt-BR": "{columns}: {nulls} linhas têm vazios",
        "en": "{columns}: {nulls} rows have NULLs",
    },
    "audit_keys": {
        "pt-BR": "{repeated} chaves se repetem, como {example}",
        "en": "{repeated} keys are repeated, such as {example}",
    },
    "audit_lines_lost": {
        "pt-BR": "documento {document}: a soma das suas {lines} linhas não fecha",
        "en": "document {document}: its {lines} lines do not add up",
    },
    "audit_money_lost": {
        "pt-BR": "documento {document}: contam {lines} linhas e R$ {total}, mas a tabela tem {found_lines} e R$ {found}",
        "en": "document {document}: {lines} lines and R$ {total} count, the table has {found_lines} and R$ {found}",
    },
    "audit_rejects_lost": {
        "pt-BR": "documento {document}: as suas {rejects} linhas ilegíveis não estão todas em rejects",
        "en": "document {document}: its {rejects} unreadable lines are not all in rejects",
    },
    "audit_strangers": {
        "pt-BR": "há linhas de um documento que não foi lido: {document}",
        "en": "lines of a document that was not read: {document}",
    },
    "audit_bill": {
        "pt-BR": "fatura {account} {bill}: os lançamentos somam R$ {total}",
        "en": "bill {account} {bill}: transactions add up to R$ {total}",
    },
    "audit_no_bill": {
        "pt-BR": "lançamentos sem fatura: {document}",
        "en": "transactions without a bill: {document}",
    },
    "audit_ledger": {
        "pt-BR": "fatura {account} {bill}: o documento informa R$ {ledger}, as linhas somam R$ {total}",
        "en": "bill {account} {bill}: the document states R$ {ledger}, its lines add up to R$ {total}",
    },
    "audit_contradiction": {
        "pt-BR": "{account} {bill}: {name} ({document}) diz outra coisa que {other}, que é o que conta; apague o errado com `nubank forget DOCUMENTO`",
        "en": "{account} {bill}: {name} ({document}) says otherwise than {other}, which counts; erase the wrong one with `nubank forget DOCUMENT`",
    },
    "audit_lost_parcels": {
        "pt-BR": "a parcela {line} está {billed} vezes nas faturas e em {told} parcelamentos",
        "en": "parcel {line} is {billed} times in bills and in {told} plans",
    },
    "audit_torn_plan": {
        "pt-BR": "parcelamento {plan} ({merchant}): as {parcels} parcelas contadas não somam as {installments} que ele tem",
        "en": "plan {plan} ({merchant}): its {parcels} parcels do not add up to the {installments} that it has",
    },
    "audit_committed": {
        "pt-BR": "{account} {month}: comprometidos R$ {committed}, as parcelas somam R$ {parcels}",
        "en": "{account} {month}: R$ {committed} are committed, parcels add up to R$ {parcels}",
    },
    "audit_categorized": {
        "pt-BR": "entraram {entered} lançamentos e saíram {came} outros",
        "en": "{entered} transactions went in, {came} other ones came out",
    },
    "audit_categories": {
        "pt-BR": "as categorias somam R$ {categories}, as despesas são R$ {spending}",
        "en": "categories add up to R$ {categories}, spending is R$ {spending}",
    },
    "audit_income": {
        "pt-BR": "as receitas são R$ {income}, as linhas de receita somam R$ {lines}",
        "en": "income is R$ {income}, lines of income add up to R$ {lines}",
    },
    "unproven_month": {
        "pt-BR": "{month}: os documentos têm {wanted}, {table} tem {found}",
        "en": "{month}: documents have {wanted}, {table} has {found}",
    },
    "unproven_summary": {
        "pt-BR": "monthly_summary ({basis}) soma R$ {amount}, os documentos R$ {total}",
        "en": "monthly_summary ({basis}) adds up to R$ {amount}, the documents to R$ {total}",
    },
    "lines_and_money": {
        "pt-BR": "{lines} linhas e R$ {total}",
        "en": "{lines} lines and R$ {total}",
    },
    "audit_accounts": {
        "pt-BR": "{month} ({basis}): as contas, somadas, não dão o resumo do mês",
        "en": "{month} ({basis}): the accounts do not add up to the summary of the month",
    },
    "audit_reading": {
        "pt-BR": "{account}: {readings} saldo(s) diferem do anterior mais os movimentos, no total R$ {total}; o último é "
        "o de R$ {balance} em {day}, que difere em R$ {difference}. Falta importar algo, ou um saldo está errado",
        "en": "{account}: {readings} balance(s) differ from the one before plus the movements, R$ {total} in all; the "
        "last is that of R$ {balance} on {day}, which differs by R$ {difference}. Something was not imported, or a "
        "balance is wrong",
    },
    "audit_linked_twice": {
        "pt-BR": "o lançamento {line} tem R$ {size}, mas R$ {linked} vinculados como {reason}",
        "en": "line {line} has R$ {size}, but R$ {linked} are linked as {reason}",
    },
    "audit_not_all_told": {
        "pt-BR": "do lançamento {line}, R$ {linked} vinculados e R$ {unlinked} não vinculados não dão o seu valor",
        "en": "of line {line}, R$ {linked} linked and R$ {unlinked} not linked are not its amount",
    },
    "audit_counted_apart": {
        "pt-BR": "{month} ({basis}): o que se moveu, sem o que não conta, não dá as receitas e despesas do resumo",
        "en": "{month} ({basis}): what moved, less what is not counted, is not the income and expenses of the summary",
    },
    "audit_more": {"pt-BR": "e mais {more}", "en": "and {more} more"},
    "inputs_replaced": {
        "pt-BR": "{step}: o que foi lido mudou enquanto isso, por outra execução; nada foi publicado. Rode de novo",
        "en": "{step}: what was read was replaced meanwhile by another run; nothing was published. Run again",
    },
    "written_otherwise": {
        "pt-BR": "{table} {month}: os arquivos gravados ({run}) não têm as linhas verificadas; nada foi publicado. Rode de novo",
        "en": "{table} {month}: the written files ({run}) do not hold the audited rows; nothing was published. Run again",
    },
    "audit_untraced": {
        "pt-BR": "documento {document}: suas {lines} linhas não estão todas em transaction_sources",
        "en": "document {document}: its {lines} lines are not all in transaction_sources",
    },
    "audit_misapplied": {
        "pt-BR": "a categoria do lançamento {line} não é a da sua correção ({correction})",
        "en": "the category of the line {line} is not that of its correction ({correction})",
    },
    "audit_unruled": {
        "pt-BR": "a categoria do lançamento {line} não é a da regra sua que o decidiu ({rule})",
        "en": "the category of the line {line} is not that of the rule of yours that decided it ({rule})",
    },
    "audit_learning": {
        "pt-BR": "{lines} lançamentos têm categoria, mas foram contados {counted}, ou não por método",
        "en": "{lines} lines have a category, but {counted} were counted, or not by method",
    },
    "audit_untold_corrections": {
        "pt-BR": "há {written} correções, mas {told} resultados, ou outros",
        "en": "there are {written} corrections, but {told} outcomes, or other ones",
    },
    "audit_untold": {
        "pt-BR": "{lines} linhas contam, mas há {transactions} transações, ou outras",
        "en": "{lines} lines count, but there are {transactions} transactions, or other ones",
    },
    "audit_payment_parts": {
        "pt-BR": "cartão {account}: os pagamentos somam R$ {paid}, e o que quitam, R$ {parts}",
        "en": "card {account}: payments add up to R$ {paid}, what they settle to R$ {parts}",
    },
    "audit_settled_twice": {
        "pt-BR": "fatura {account} {bill}: deve R$ {owed}, mas foi quitada com R$ {parts}",
        "en": "bill {account} {bill}: it owes R$ {owed}, but is settled by R$ {parts}",
    },
    "audit_difference_parts": {
        "pt-BR": "fatura {account} {bill}: a diferença é R$ {difference}, as suas partes somam R$ {parts}",
        "en": "bill {account} {bill}: the difference is R$ {difference}, its parts add up to R$ {parts}",
    },
    "audit_bill_lines": {
        "pt-BR": "faturas {account} {bill}: os lançamentos somam R$ {lines}, a conferência tem R$ {proven}",
        "en": "bills {account} {bill}: lines add up to R$ {lines}, the proof has R$ {proven}",
    },
    "audit_open_bill": {
        "pt-BR": "fatura {account} {bill}: de R$ {due} foram pagos R$ {paid}, mas constam R$ {open} em aberto",
        "en": "bill {account} {bill}: of R$ {due} are paid R$ {paid}, but R$ {open} stand as open",
    },
    "audit_account_span": {
        "pt-BR": "{account} desde {first_day}: saldo inicial, movimentos e diferença não dão o saldo final de R$ {closing}",
        "en": "{account} from {first_day}: opening balance, movements and difference do not make R$ {closing}",
    },
    "audit_account_lines": {
        "pt-BR": "{account}: os movimentos somam R$ {lines}, a conferência tem R$ {proven}",
        "en": "{account}: movements add up to R$ {lines}, the proof has R$ {proven}",
    },
}
