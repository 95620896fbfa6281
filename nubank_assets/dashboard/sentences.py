"""The texts of the page, in both languages; names in braces are filled in by the page or its scripts.

Words for categories, kinds and states are those of the workbook (``export/labels.py``).
"""

from typing import Any, Final

from nubank_assets.dashboard.proof_sentences import TEXTS as PROOF_TEXTS
from nubank_assets.messages import DEFAULT_LOCALE

TEXTS: Final[dict[str, dict[str, str]]] = {
    **PROOF_TEXTS,
    "title": {"pt-BR": "Relatório Conta Nubank", "en": "Nubank Account Report"},
    "known_until": {"pt-BR": "Dados até {day}", "en": "Data up to {day}"},
    "no_data": {
        "pt-BR": "Nenhum dado ainda: importe faturas e extratos com `nubank import` e rode `nubank run`.",
        "en": "No data yet: import bills and statements by `nubank import` and use `nubank run`.",
    },
    "skip": {"pt-BR": "Ir para o conteúdo", "en": "Skip to the content"},
    "controls": {"pt-BR": "Período e critério", "en": "Period and basis"},
    "from": {"pt-BR": "De", "en": "From"},
    "to": {"pt-BR": "Até", "en": "To"},
    "presets": {"pt-BR": "Períodos prontos", "en": "Ready-made periods"},
    "preset.month": {"pt-BR": "Mês atual", "en": "This month"},
    "preset.last": {"pt-BR": "Mês passado", "en": "Last month"},
    "preset.three": {"pt-BR": "3 meses", "en": "3 months"},
    "preset.twelve": {"pt-BR": "12 meses", "en": "12 months"},
    "preset.year": {"pt-BR": "Ano", "en": "Year"},
    "preset.all": {"pt-BR": "Tudo", "en": "All"},
    "basis": {"pt-BR": "Contar os lançamentos", "en": "Count the lines"},
    "basis.date": {"pt-BR": "Por data", "en": "By date"},
    "basis.bill": {"pt-BR": "Por fatura", "en": "By bill"},
    "basis.date.says": {
        "pt-BR": "Por data: cada lançamento conta no dia da compra ou do movimento.",
        "en": "By date: every line counts on the day of its purchase or movement.",
    },
    "basis.bill.says": {
        "pt-BR": "Por fatura: a compra no cartão conta no mês em que a fatura vence; o resto, no mês da sua data.",
        "en": "By bill: a purchase on the card counts in the month its bill is due; all else in the month of its date.",
    },
    "compared_with": {"pt-BR": "Comparado com {period}.", "en": "Compared with {period}."},
    "compared_same_days": {
        "pt-BR": "Comparado com os mesmos dias de {period}.",
        "en": "Compared with the same days of {period}.",
    },
    "not_compared": {
        "pt-BR": "Sem comparação: os dados não cobrem o período anterior.",
        "en": "No comparison: the data does not cover the period before.",
    },
    "period_of": {"pt-BR": "{from} a {to}", "en": "{from} to {to}"},
    "note.open": {
        "pt-BR": "Em aberto: {months}. Estes valores ainda vão mudar.",
        "en": "Open: {months}. These figures will still change.",
    },
    "note.rejects.one": {
        "pt-BR": "1 linha não pôde ser lida e não está em nenhum valor: veja a aba Rejeitados da planilha.",
        "en": "1 line could not be read and is in no figure: see the worksheet Rejects of the workbook.",
    },
    "note.rejects.many": {
        "pt-BR": "{count} linhas não puderam ser lidas e não estão em nenhum valor: veja a aba Rejeitados da planilha.",
        "en": "{count} lines could not be read and are in no figure: see the worksheet Rejects of the workbook.",
    },
    "card.balance": {"pt-BR": "Saldo", "en": "Balance"},
    "card.income": {"pt-BR": "Receitas", "en": "Income"},
    "card.expenses": {"pt-BR": "Despesas", "en": "Expenses"},
    "card.card": {"pt-BR": "Cartão de crédito", "en": "Credit card"},
    "summary": {"pt-BR": "Resumo do período", "en": "Summary of the period"},
    "balance.on": {"pt-BR": "em {day}", "en": "on {day}"},
    "balance.lacks": {"pt-BR": "sem o saldo de {accounts}, não informado", "en": "without {accounts}, not stated"},
    "average": {
        "pt-BR": "média de {amount} por mês ({months} meses)",
        "en": "{amount} a month on average ({months} months)",
    },
    "open_bill": {"pt-BR": "Fatura aberta: {amount}", "en": "Open bill: {amount}"},
    "change.before": {"pt-BR": "antes {amount}", "en": "before {amount}"},
    "change.none": {"pt-BR": "sem comparação", "en": "no comparison"},
    "change.equal": {"pt-BR": "igual a antes", "en": "as before"},
    "unknown": {"pt-BR": "não informado", "en": "not stated"},
    "usage": {"pt-BR": "Uso do cartão de crédito ao longo do tempo", "en": "Use of the credit card over time"},
    "usage.says": {
        "pt-BR": "Compras por dia, descontados os estornos.",
        "en": "Purchases by day, after refunds.",
    },
    "categories": {"pt-BR": "Despesas por categoria", "en": "Expenses by category"},
    "months": {"pt-BR": "Receita x Despesas", "en": "Income and expenses"},
    "balances": {"pt-BR": "Saldo ao longo do tempo", "en": "Balance over time"},
    "balances.says": {
        "pt-BR": "No fim de cada dia. Ponto cheio: informado por uma fonte; o resto é calculado dos movimentos.",
        "en": "At the end of each day. Solid dot: stated by a source; all else is derived from the movements.",
    },
    "balances.none": {
        "pt-BR": "Nenhum saldo conhecido até este período; informe um com `nubank balance set`.",
        "en": "No balance is known up to this period; state one by `nubank balance set`.",
    },
    "limits": {"pt-BR": "Limite do cartão", "en": "Card limit"},
    "limits.says": {
        "pt-BR": "O que se sabia no fim do período; o que ninguém informou não é zero.",
        "en": "What was known at the end of the period; what nobody stated is not zero.",
    },
    "limits.used": {"pt-BR": "Usado", "en": "Used"},
    "limits.available": {"pt-BR": "Disponível", "en": "Available"},
    "limits.total": {"pt-BR": "Total", "en": "Total"},
    "limits.open_bill": {"pt-BR": "Fatura aberta", "en": "Open bill"},
    "limits.none": {"pt-BR": "Nenhum cartão.", "en": "No card."},
    "parcels": {"pt-BR": "Parcelas a vencer", "en": "Installments to come"},
    "parcels.says": {
        "pt-BR": "Quanto das próximas faturas as compras parceladas já comprometem: o que elas mostram e o que as parcelas anteriores preveem. Pagar uma fatura libera o mesmo valor do limite. Não depende do período escolhido.",
        "en": "How much of the bills ahead purchases in parcels already take: what they show, and what follows from earlier parcels. Paying a bill frees as much of the limit. The chosen period does not change it.",
    },
    "parcels.none": {
        "pt-BR": "Nenhuma parcela a vencer.",
        "en": "No parcel is to come.",
    },
    "parcels.months": {"pt-BR": "Comprometido em cada fatura", "en": "Committed in each bill"},
    "parcels.plans": {"pt-BR": "Compras parceladas em aberto", "en": "Purchases with parcels to come"},
    "parcels.left": {"pt-BR": "{left} de {all}", "en": "{left} of {all}"},
    "parcels.others": {
        "pt-BR": "Parcelas {numbers} ({state}): {amount}.",
        "en": "Parcels {numbers} ({state}): {amount}.",
    },
    "comparison": {"pt-BR": "Comparação com o período anterior", "en": "Comparison with the period before"},
    "comparison.income": {"pt-BR": "Receitas", "en": "Income"},
    "comparison.expenses": {"pt-BR": "Despesas", "en": "Expenses"},
    "counted": {"pt-BR": "Nada contado em dobro", "en": "Nothing counted twice"},
    "counted.says": {
        "pt-BR": "Tudo que entrou e saiu de contas e cartões, e o que disso é receita ou despesa. Os valores abrem os lançamentos, cada um com o seu par.",
        "en": "All that came into and left accounts and cards, and what of it is income or expense. The amounts open the lines, each with what it is linked with.",
    },
    "counted.part": {"pt-BR": "O quê", "en": "What"},
    "counted.in": {"pt-BR": "Entrou", "en": "Came in"},
    "counted.out": {"pt-BR": "Saiu", "en": "Left"},
    "counted.without": {"pt-BR": "sem par", "en": "unlinked"},
    "counted.unlinked": {"pt-BR": "sem par: {count}", "en": "unlinked: {count}"},
    "counted.moved": {"pt-BR": "a soma do que segue", "en": "the sum of what follows"},
    "counted.income": {"pt-BR": "conta como receita", "en": "counts as income"},
    "counted.expense": {"pt-BR": "conta como despesa", "en": "counts as expense"},
    "counted.given_back": {"pt-BR": "diminui as despesas", "en": "reduces the expenses"},
    "counted.bill_payment": {
        "pt-BR": "não conta: as compras da fatura já contaram",
        "en": "not counted: the purchases of the bill were",
    },
    "counted.own_transfer": {"pt-BR": "não conta: o dinheiro continua seu", "en": "not counted: the money stays yours"},
    "counted.pix_on_credit": {
        "pt-BR": "não conta: o cartão cobra o que foi enviado",
        "en": "not counted: the card charges what was sent",
    },
    "counted.investment": {"pt-BR": "não conta: o dinheiro continua seu", "en": "not counted: the money stays yours"},
    "counted.carried_balance": {
        "pt-BR": "não conta: a dívida e o seu crédito se anulam",
        "en": "not counted: the debt and its credit cancel out",
    },
    "counted.loan": {"pt-BR": "não conta: é dívida, não receita", "en": "not counted: it is debt, not income"},
    "lines.pair": {"pt-BR": "par: {title}, {account}, {day}", "en": "linked with: {title}, {account}, {day}"},
    "search": {"pt-BR": "Procurar lançamentos", "en": "Search the lines"},
    "search.says": {
        "pt-BR": "No período escolhido, por título, categoria, tipo, conta ou valor. Vazio mostra todos.",
        "en": "In the chosen period, by title, category, kind, account or amount. Empty shows all.",
    },
    "search.label": {"pt-BR": "Texto", "en": "Text"},
    "search.go": {"pt-BR": "Procurar", "en": "Search"},
    "as_table": {"pt-BR": "Ver como tabela", "en": "See as a table"},
    "chart.text": {
        "pt-BR": "Gráfico: {title}, {period}. Total: {total}.",
        "en": "Chart: {title}, {period}. Total: {total}.",
    },
    "column.day": {"pt-BR": "Dia", "en": "Day"},
    "column.date": {"pt-BR": "Data", "en": "Date"},
    "column.month": {"pt-BR": "Mês", "en": "Month"},
    "column.category": {"pt-BR": "Categoria", "en": "Category"},
    "column.amount": {"pt-BR": "Valor", "en": "Amount"},
    "column.share": {"pt-BR": "Parte", "en": "Share"},
    "column.net": {"pt-BR": "Resultado", "en": "Net"},
    "column.account": {"pt-BR": "Conta", "en": "Account"},
    "column.origin": {"pt-BR": "Origem", "en": "Origin"},
    "column.now": {"pt-BR": "Período", "en": "Period"},
    "column.before": {"pt-BR": "Antes", "en": "Before"},
    "column.difference": {"pt-BR": "Diferença", "en": "Difference"},
    "column.percent": {"pt-BR": "%", "en": "%"},
    "column.title": {"pt-BR": "Título", "en": "Title"},
    "column.kind": {"pt-BR": "Tipo", "en": "Kind"},
    "column.parcel": {"pt-BR": "Parcela", "en": "Parcel"},
    "column.last": {"pt-BR": "Última", "en": "Last"},
    "column.bill": {"pt-BR": "Fatura", "en": "Bill"},
    "column.committed": {"pt-BR": "Comprometido", "en": "Committed"},
    "column.ending": {"pt-BR": "Terminam", "en": "Ending"},
    "column.after": {"pt-BR": "Falta depois", "en": "Left after"},
    "column.left": {"pt-BR": "Faltam", "en": "To come"},
    "column.to_come": {"pt-BR": "Falta pagar", "en": "Left to pay"},
    "column.card": {"pt-BR": "Cartão", "en": "Card"},
    "total": {"pt-BR": "Total", "en": "Total"},
    "empty": {"pt-BR": "Nada neste período.", "en": "Nothing in this period."},
    "lines.close": {"pt-BR": "Fechar", "en": "Close"},
    "lines.of": {"pt-BR": "{what}, {period}", "en": "{what}, {period}"},
    "lines.sum.one": {"pt-BR": "1 lançamento, que soma", "en": "1 line, which adds up to"},
    "lines.sum.many": {"pt-BR": "{count} lançamentos, que somam", "en": "{count} lines, which add up to"},
    "lines.filter": {"pt-BR": "Filtrar por texto", "en": "Filter by text"},
    "lines.more": {"pt-BR": "Mostrar mais {count}", "en": "Show {count} more"},
    "lines.shown": {
        "pt-BR": "{shown} de {count} na tela; a soma é de todos.",
        "en": "{shown} of {count} are shown; the sum is of all.",
    },
    "lines.omitted": {
        "pt-BR": "Faltam na lista {count} lançamentos mais antigos, que somam {amount}: não cabem nesta página, mas estão em todos os totais. Veja-os com `nubank query`.",
        "en": "{count} older lines, which add up to {amount}, are not listed: they do not fit into this page, but are in every total. See them by `nubank query`.",
    },
    "lines.balance": {
        "pt-BR": "Saldo antes do período: {before}. Movimentos: {sum}. Não explicado por movimentos: {rest}. Saldo: {after}.",
        "en": "Balance before the period: {before}. Movements: {sum}. Not explained by movements: {rest}. Balance: {after}.",
    },
    "lines.all": {"pt-BR": "Lançamentos", "en": "Lines"},
    "lines.movements": {"pt-BR": "Movimentos da conta", "en": "Movements of the account"},
    "announce": {
        "pt-BR": "{period}: saldo {balance}, receitas {income}, despesas {expenses}, cartão {card}.",
        "en": "{period}: balance {balance}, income {income}, expenses {expenses}, card {card}.",
    },
    "learning": {"pt-BR": "Aprendizado das categorias", "en": "What was learnt of categories"},
    "learning.says": {
        "pt-BR": "Quanto você corrigiu em cada mês, e o que ainda é incerto: o que você ensina com nubank correct, ou na aba Correções, vale nos meses seguintes.",
        "en": "How much you corrected in each month, and what is still uncertain: what you teach by nubank correct, or in the worksheet Corrections, counts in the months after.",
    },
    "learning.corrections": {"pt-BR": "Correções", "en": "Corrections"},
    "learning.uncertain": {"pt-BR": "Incertos", "en": "Uncertain"},
    "learning.amount": {"pt-BR": "Valor", "en": "Amount"},
    "without_script": {
        "pt-BR": "Sem JavaScript, esta página mostra {month}, o mês encerrado mais novo. Com ele, dá para escolher o período e ver os lançamentos de cada valor.",
        "en": "Without JavaScript this page shows {month}, the newest month that is over. With it you can choose the period and see the lines behind each figure.",
    },
    "footer": {
        "pt-BR": "Feito por nubank_assets neste computador. Esta página não acessa a internet; despesas já sem estornos; pagamentos de fatura, transferências próprias, investimentos e empréstimos não são receita nem despesa.",
        "en": "Made by nubank_assets on this machine. This page does not reach the internet; expenses are after refunds; bill payments, transfers between your own accounts, investments and loans are neither income nor expense.",
    },
    "footer.omitted": {
        "pt-BR": "Os lançamentos anteriores a {day} não cabem nesta página: não aparecem nas listas, mas estão em todos os totais.",
        "en": "The lines before {day} do not fit into this page: they are in no list, but in every total.",
    },
    "page_locked": {
        "pt-BR": "{path}: a página não pôde ser gravada ({error}); confira as permissões da pasta e o espaço em disco e rode de novo.",
        "en": "{path}: the page cannot be written ({error}); check the folder's permissions and the disk space and run again.",
    },
}


def text(key: str, locale: str, /, **values: Any) -> str:
    """The text for a key, its braces filled; any but a known language is Portuguese."""
    said = TEXTS[key]
    chosen = said.get(locale, said[DEFAULT_LOCALE])
    return chosen.format(**values) if values else chosen


def texts(locale: str) -> dict[str, str]:
    """All texts of a language, for the scripts to fill in themselves."""
    return {key: text(key, locale) for key in TEXTS}
