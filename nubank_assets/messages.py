"""Every sentence a person reads, in the two languages of the platform.

Here belong whole sentences, by key; what decides that one is shown does not. `NUBANK_LOCALE` picks the
language: pt-BR (the default) or en.
"""

import os
from collections import ChainMap
from typing import Final, Literal, get_args

from nubank_assets.aws.sentences import MESSAGES as AWS_MESSAGES
from nubank_assets.cli.sentences import CLI_MESSAGES
from nubank_assets.cli.teaching_sentences import MESSAGES as TEACHING_MESSAGES
from nubank_assets.compute.sentences import CHECK_MESSAGES
from nubank_assets.export.sentences import MESSAGES as REPORT_MESSAGES
from nubank_assets.export.sheets.sentences import MESSAGES as SHEETS_MESSAGES
from nubank_assets.google.sentences import MESSAGES as GOOGLE_MESSAGES
from nubank_assets.notifications.sentences import MESSAGES as NOTIFICATION_MESSAGES
from nubank_assets.scheduling.sentences import MESSAGES as SCHEDULING_MESSAGES
from nubank_assets.serverless.sentences import MESSAGES as SERVERLESS_MESSAGES
from nubank_assets.sources.pluggy.sentences import MESSAGES as PLUGGY_MESSAGES
from nubank_assets.sources.pynubank.sentences import MESSAGES as PYNUBANK_MESSAGES
from nubank_assets.sources.sentences import MESSAGES as SOURCE_MESSAGES
from nubank_assets.sources.sheets.sentences import MESSAGES as SHEETS_SOURCE_MESSAGES

Locale = Literal["pt-BR", "en"]

DEFAULT_LOCALE: Final[Locale] = "pt-BR"

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "setting_missing": {
        "pt-BR": "Falta {name}, de que {needed_by} precisa.",
        "en": "{name} is missing, which {needed_by} needs.",
    },
    "months_withheld": {
        "pt-BR": "{step}: {months} não foi publicado, porque uma verificação falhou: {reasons}",
        "en": "{step}: {months} was not published, because a check failed: {reasons}",
    },
    "account_name_wrong": {
        "pt-BR": "{name!r} não serve como nome de conta; use letras minúsculas, números, - e _, como em `card`.",
        "en": "{name!r} cannot name an account; use lower-case letters, digits, - and _, as in `card`.",
    },
    "document_of_other_account": {
        "pt-BR": "{name}: este arquivo já foi importado na conta {account}; para trocar, use antes `nubank forget`.",
        "en": "{name}: this file was imported before for account {account}; to change that, use `nubank forget` first.",
    },
    "document_of_other_bill": {
        "pt-BR": "{name}: estas mesmas linhas já foram importadas como a fatura {bill}; se aquela data está errada, "
        "use antes `nubank forget {document}`.",
        "en": "{name}: these very lines were imported as the bill {bill}; if that date is wrong, use "
        "`nubank forget {document}` first.",
    },
    "document_damaged": {
        "pt-BR": "O documento {document} ({name}) da caixa de entrada foi alterado; apague-o com "
        "`nubank forget {document}` e importe o arquivo de novo.",
        "en": "The inbox's document {document} ({name}) was altered; erase it with `nubank forget {document}` and "
        "import the file again.",
    },
    "path_missing": {
        "pt-BR": "{name}: não existe esse arquivo ou pasta; confira o caminho.",
        "en": "{name}: there is no such file or folder; check the path.",
    },
    "path_unreadable": {
        "pt-BR": "{name}: não foi possível ler o arquivo ({error}); confira as permissões.",
        "en": "{name}: the file cannot be read ({error}); check its permissions.",
    },
    "export_too_large": {
        "pt-BR": "{name}: tem {size} MB, e um arquivo exportado do Nubank não passa de {most} MB; confira se é ele.",
        "en": "{name}: it has {size} MB, and a Nubank export is never over {most} MB; check that it is one.",
    },
    "due_missing": {
        "pt-BR": "{name}: nem o nome nem o conteúdo dizem de qual fatura é; informe o vencimento com --due AAAA-MM-DD.",
        "en": "{name}: neither its name nor its content says which bill it is; give the due date with --due YYYY-MM-DD.",
    },
    "due_contradicts_name": {
        "pt-BR": "{name}: o nome diz outro vencimento que --due {due}; tire o --due ou corrija o nome.",
        "en": "{name}: its name says another due date than --due {due}; leave out --due or correct the name.",
    },
    "bill_out_of_range": {
        "pt-BR": "{name}: a fatura {month} está fora do período possível, de {first} a um ano à frente; confira o nome.",
        "en": "{name}: the bill {month} is outside the possible time, {first} to a year ahead; check the name.",
    },
    "export_empty": {
        "pt-BR": "{name}: o arquivo está vazio; exporte-o de novo no app do Nubank.",
        "en": "{name}: the file is empty; export it again from the Nubank app.",
    },
    "export_blank": {
        "pt-BR": "{name}: o arquivo só tem espaços em branco; exporte-o de novo no app do Nubank.",
        "en": "{name}: the file holds only white space; export it again from the Nubank app.",
    },
    "export_packed": {
        "pt-BR": "{name}: é um arquivo compactado ou uma planilha do Excel; descompacte-o, ou salve a planilha "
        "como CSV, e importe o CSV ou OFX que está dentro.",
        "en": "{name}: it is a compressed file or an Excel workbook; unpack it first, or save the workbook as CSV, "
        "and import the CSV or OFX inside.",
    },
    "export_pdf": {
        "pt-BR": "{name}: faturas em PDF não são lidas; exporte a fatura em CSV ou OFX no app do Nubank.",
        "en": "{name}: PDF bills are not read; export the bill as CSV or OFX from the Nubank app.",
    },
    "export_workbook": {
        "pt-BR": "{name}: é uma planilha do Excel antiga; salve-a como CSV e importe o CSV.",
        "en": "{name}: it is an old Excel workbook; save it as CSV and import the CSV.",
    },
    "export_binary": {
        "pt-BR": "{name}: não é um arquivo de texto; importe o CSV ou OFX que o app do Nubank exporta.",
        "en": "{name}: it is not a text file; import the CSV or OFX that the Nubank app exports.",
    },
    "export_ofx_truncated": {
        "pt-BR": "{name}: o arquivo OFX está cortado, falta o fim (</OFX>); baixe-o de novo.",
        "en": "{name}: the OFX file is cut off, its end (</OFX>) is missing; download it again.",
    },
    "export_ofx_unknown": {
        "pt-BR": "{name}: o arquivo OFX não tem exatamente um extrato de cartão ou de conta; exporte-o de novo, "
        "uma fatura ou um período por arquivo.",
        "en": "{name}: the OFX file does not hold exactly one card or account statement; export it again, one bill "
        "or period per file.",
    },
    "export_ofx_broken": {
        "pt-BR": "O começo ou o fim do arquivo OFX está danificado ({error}); baixe-o de novo.",
        "en": "The head or the tail of the OFX file is damaged ({error}); download it again.",
    },
    "export_csv_header": {
        "pt-BR": "{name}: o cabeçalho “{found}” não é de um arquivo do Nubank; importe o CSV como o app o exporta, "
        "com um destes cabeçalhos: {expected}.",
        "en": "{name}: the header “{found}” is not that of a Nubank file; import the CSV as the app exports it, "
        "with one of these headers: {expected}.",
    },
    "workbook_locked": {
        "pt-BR": "{path}: a planilha não pôde ser substituída; feche-a, se estiver aberta, confira as permissões da "
        "pasta e rode de novo.",
        "en": "{path}: the workbook cannot be replaced; close it if it is open, check the folder's permissions, and "
        "run again.",
    },
    "workbook_not_written": {
        "pt-BR": "{path}: a planilha não pôde ser gravada ({error}); confira o espaço em disco e rode de novo.",
        "en": "{path}: the workbook cannot be written ({error}); check the free disk space and run again.",
    },
    "sheet_no_data": {
        "pt-BR": "nenhum dado ainda",
        "en": "no data yet",
    },
    "sheet_no_installments": {
        "pt-BR": "nenhuma parcela a vencer",
        "en": "no parcel is to come",
    },
    "sheet_no_rejects": {
        "pt-BR": "nenhuma linha rejeitada",
        "en": "no rejected line",
    },
    "sheet_rows_omitted": {
        "pt-BR": "{sheet}: {omitted} linhas não cabem na aba; estão aqui as primeiras {kept}.",
        "en": "{sheet}: {omitted} rows do not fit the worksheet; the first {kept} are here.",
    },
    "sheet_rejects_one": {
        "pt-BR": "1 linha não pôde ser lida: veja a aba Rejeitados.",
        "en": "1 line could not be read: see the worksheet Rejects.",
    },
    "sheet_rejects_many": {
        "pt-BR": "{count} linhas não puderam ser lidas: veja a aba Rejeitados.",
        "en": "{count} lines could not be read: see the worksheet Rejects.",
    },
    "sheet_balance": {"pt-BR": "Saldo: {value}", "en": "Balance: {value}"},
    "sheet_open_bill": {"pt-BR": "Fatura atual: {value}", "en": "Open bill: {value}"},
    "sheet_available_limit": {"pt-BR": "Limite disponível: {value}", "en": "Available limit: {value}"},
    "sheet_intro_panel": {
        "pt-BR": "Do mês mais recente que já acabou. Tudo conta no dia da compra ou do movimento; no Resumo, as compras do "
        "cartão contam no mês em que a fatura vence.",
        "en": "Of the newest month that is over. Everything counts on the day of the purchase or movement; in the Summary, "
        "card purchases count in the month their bill is due.",
    },
    "sheet_intro_summary": {
        "pt-BR": "Compras do cartão contam no mês em que a fatura vence; movimentos da conta, no mês da sua data. "
        "Despesas já sem estornos.",
        "en": "Card purchases count in the month their bill is due; movements of the account, in the month of their "
        "date. Expenses are after refunds.",
    },
    "sheet_intro_comparison": {
        "pt-BR": "Cada mês contra o anterior e o mesmo mês do ano anterior; um mês em aberto, contra os mesmos dias.",
        "en": "Each month against the one before and the same month a year before; an open month, against the same days.",
    },
    "sheet_intro_by_account": {
        "pt-BR": "O resumo de cada conta e cartão; somados, dão o Resumo. Neutros: pagamentos de fatura, transferências "
        "entre contas suas, investimentos, empréstimos.",
        "en": "The summary of each account and card; together they are the Summary. Neutral: bill payments, transfers "
        "between your own accounts, investments, loans.",
    },
    "sheet_intro_daily_balances": {
        "pt-BR": "Saldo no fim do dia: observado por uma fonte, ou calculado do saldo conhecido mais próximo e dos "
        "movimentos. Não explicado: o que falta para os movimentos darem o saldo observado.",
        "en": "Balance at the end of the day: observed by a source, or derived from the nearest known balance and the "
        "movements. Unexplained: what the movements lack to give the observed balance.",
    },
    "sheet_no_balances": {
        "pt-BR": "nenhum saldo conhecido; informe um com `nubank balance set`",
        "en": "no balance is known; state one with `nubank balance set`",
    },
    "sheet_intro_commitments": {
        "pt-BR": "Quanto de cada próxima fatura as compras parceladas já comprometem, quantas terminam nela e quanto a "
        "seguinte terá a menos. Pagar a fatura libera o mesmo valor do limite.",
        "en": "How much of each bill ahead is already taken by purchases in parcels, how many of them end with it, and "
        "how much less the next one will have. Paying the bill frees as much of the limit.",
    },
    "sheet_intro_installments": {
        "pt-BR": "Cada parcela que as próximas faturas ainda vão cobrar: as que uma fatura aberta ou futura já mostra, e as "
        "previstas pelas anteriores.",
        "en": "Every parcel that the bills ahead will still charge: those that an open or future bill already shows, and "
        "those that follow from earlier ones.",
    },
    "sheet_intro_bills": {
        "pt-BR": "Total: o que a fatura cobra, sem os pagamentos recebidos. Conferida: igual ao total que o banco informa. "
        "Pagamento: o que a quitou, a mais antiga primeiro.",
        "en": "Total: what the bill charges, without payments received. Proven: equal to the total the issuer states. "
        "Payment: what settled it, the oldest first.",
    },
    "sheet_intro_learning": {
        "pt-BR": "Quem decidiu a categoria dos lançamentos de cada mês, e quanto você ainda teve de corrigir.",
        "en": "Who decided the categories of each month's lines, and how much you still had to correct.",
    },
    "sheet_intro_links": {
        "pt-BR": "Lançamentos que são o mesmo dinheiro, ou dos quais um responde ao outro: por isso nada conta em dobro.",
        "en": "Lines that are the same money, or of which one answers the other: so nothing counts twice.",
    },
    "sheet_no_links": {"pt-BR": "nenhum lançamento tem par", "en": "no line has another side"},
    "sheet_intro_unlinked": {
        "pt-BR": "Lançamentos que deveriam ter um par e não têm, ou não de todo o seu valor, e por quê.",
        "en": "Lines that should have another side and have none, or not of all their amount, and why.",
    },
    "sheet_no_unlinked": {"pt-BR": "todos os pares foram encontrados", "en": "every other side was found"},
    "sheet_intro_rejects": {
        "pt-BR": "Linhas que não puderam ser lidas e não estão em nenhum valor das outras abas.",
        "en": "Lines that could not be read and are in no amount of the other worksheets.",
    },
}


_ALL: Final = ChainMap(
    MESSAGES,
    CLI_MESSAGES,
    TEACHING_MESSAGES,
    CHECK_MESSAGES,
    SOURCE_MESSAGES,
    PYNUBANK_MESSAGES,
    PLUGGY_MESSAGES,
    SHEETS_SOURCE_MESSAGES,
    SCHEDULING_MESSAGES,
    NOTIFICATION_MESSAGES,
    AWS_MESSAGES,
    GOOGLE_MESSAGES,
    SHEETS_MESSAGES,
    REPORT_MESSAGES,
    SERVERLESS_MESSAGES,
)


def locale() -> Locale:
    """The language of this process; anything but a known language is the default."""
    wanted = os.environ.get("NUBANK_LOCALE", DEFAULT_LOCALE)
    return next((known for known in get_args(Locale) if known == wanted), DEFAULT_LOCALE)


def message(key: str, /, **values: object) -> str:
    """The sentence `key` in the language of this process, its `{places}` filled; KeyError if there is none."""
    return _ALL[key][locale()].format(**values)
