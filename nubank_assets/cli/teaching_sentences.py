"""The sentences of `nubank correct` and `nubank rules`, in both languages."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "correct_short": {"pt-BR": "Corrige a categoria de um lançamento.", "en": "Correct the category of a line."},
    "correct_help": {
        "pt-BR": "Corrige a categoria de um lançamento, ou de todos do mesmo estabelecimento (--merchant). Mostra "
        "antes o que muda, e em que meses.\n\n"
        "O id está na coluna `id` da planilha, ou em nubank query; sem ele, diga --title, --amount e --bill.\n\n"
        "Exemplos: nubank correct 0123456789abcdef0123456789abcdef lazer; "
        'nubank correct restaurante --title "Padaria Azul" --amount 12,50 --bill 2026-10 --merchant',
        "en": "Correct the category of a line, or of all lines of its merchant (--merchant). What changes, and in "
        "which months, is shown first.\n\n"
        "The id is in the column `id` of the spreadsheet, or in nubank query; without it, give --title, --amount and "
        "--bill.\n\n"
        "Examples: nubank correct 0123456789abcdef0123456789abcdef leisure; "
        'nubank correct restaurants --title "Padaria Azul" --amount 12.50 --bill 2026-10 --merchant',
    },
    "correct_title_help": {
        "pt-BR": "Título do lançamento, em vez do id.",
        "en": "Title of the line, instead of its id.",
    },
    "correct_amount_help": {"pt-BR": "Valor do lançamento.", "en": "Amount of the line."},
    "correct_bill_help": {
        "pt-BR": "Fatura ou mês, como 2026-10; sem ela, lançamentos da conta em qualquer mês.",
        "en": "Bill or month, as in 2026-10; without it, lines of the account in any month.",
    },
    "correct_account_help": {"pt-BR": "Conta do lançamento.", "en": "Account of the line."},
    "correct_merchant_help": {
        "pt-BR": "Vale para todos os lançamentos do estabelecimento, também os que vierem; --line: só para este.",
        "en": "For all lines of the merchant, those to come too; --line: for this one alone.",
    },
    "correct_words": {
        "pt-BR": "Diga o id do lançamento e a categoria; ou a categoria, com --title, --amount e --bill.",
        "en": "Give the id of the line and the category; or the category, with --title, --amount and --bill.",
    },
    "correct_id_unknown": {
        "pt-BR": 'Nenhum lançamento tem o id {identity!r}; procure-o com `nubank query "select transaction_id, date, '
        'title, amount_brl, category from expenses order by date desc limit 20"`.',
        "en": 'No line has the id {identity!r}; look for it by `nubank query "select transaction_id, date, title, '
        'amount_brl, category from expenses order by date desc limit 20"`.',
    },
    "correct_words_unknown": {
        "pt-BR": "Nenhum lançamento {title!r} com esse valor, nessa conta e fatura; procure-o com `nubank query "
        '"select account, bill, title, amount_brl from expenses order by date desc limit 20"`.',
        "en": 'There is no line {title!r} of that amount, account and bill; look for it by `nubank query "select '
        'account, bill, title, amount_brl from expenses order by date desc limit 20"`.',
    },
    "correct_not_understood": {"pt-BR": "Não entendido: {reason}.", "en": "Not understood: {reason}."},
    "correct_no_expense": {
        "pt-BR": "{title!r} não é uma despesa; receitas e movimentos neutros não têm categoria.",
        "en": "{title!r} is no expense; income and neutral movements have no category.",
    },
    "correct_ask_merchant": {
        "pt-BR": "Vale para todos os lançamentos de {merchant!r}, também os que vierem?",
        "en": "For all lines of {merchant!r}, those to come too?",
    },
    "correct_contradicted": {
        "pt-BR": "A aba Correções diz outra categoria deste lançamento, e então nenhuma das duas vale: corrija lá.",
        "en": "The worksheet Corrections says another category of this line, and then neither counts: mend it there.",
    },
    "correction_name": {"pt-BR": "correção: {title} → {category}", "en": "correction: {title} → {category}"},
    "category_unknown": {
        "pt-BR": "{category!r} não é uma categoria; as categorias são: {known}.",
        "en": "{category!r} is no category; the categories are: {known}.",
    },
    "teach_yes_help": {"pt-BR": "Guarda sem perguntar.", "en": "Store without asking."},
    "teach_confirm": {"pt-BR": "Guardar?", "en": "Store it?"},
    "teach_yes_or_no": {"pt-BR": "s/N", "en": "y/N"},
    "teach_needs_yes": {
        "pt-BR": "Nada foi guardado, porque aqui ninguém pode confirmar; repita com --yes.",
        "en": "Nothing was stored, since nobody can be asked here; repeat it with --yes.",
    },
    "teach_nothing_stored": {"pt-BR": "Nada foi guardado.", "en": "Nothing was stored."},
    "teach_no_change": {
        "pt-BR": "Nenhum lançamento muda de categoria.",
        "en": "No line changes its category.",
    },
    "teach_changes": {
        "pt-BR": "Lançamentos que mudam de categoria: {lines}; meses: {months}. Os totais dos meses ficam iguais.",
        "en": "Lines that change their category: {lines}; months: {months}. The totals of the months stay the same.",
    },
    "teach_corrected_stay": {
        "pt-BR": "Lançamentos que ficam como você os corrigiu um a um: {lines}.",
        "en": "Lines that stay as you corrected each of them: {lines}.",
    },
    "teach_stored": {
        "pt-BR": "Guardado: {name}. Para desfazer: `nubank forget {document}`.",
        "en": "Stored: {name}. To undo it: `nubank forget {document}`.",
    },
    "teach_run": {"pt-BR": "Para que conte: `{command}`.", "en": "To let it count: `{command}`."},
    "teach_not_run": {
        "pt-BR": "Ainda não há nenhum lançamento; importe seus arquivos e rode `nubank run`.",
        "en": "There is no line yet; import your files and use `nubank run`.",
    },
    "rules_short": {"pt-BR": "Suas próprias regras de categoria.", "en": "Your own rules of categories."},
    "rules_help": {
        "pt-BR": "Suas próprias regras de categoria: contam antes da memória, do Nubank e do que vem pronto; só a "
        "correção de um lançamento conta antes.",
        "en": "Your own rules of categories: they count before memory, Nubank and what is shipped; only the "
        "correction of a line counts before.",
    },
    "rules_list_help": {"pt-BR": "Mostra as suas regras.", "en": "Print your rules."},
    "rules_none": {
        "pt-BR": "Nenhuma regra ainda; faça uma com `nubank rules add`.",
        "en": "No rule yet; make one by `nubank rules add`.",
    },
    "rules_add_short": {"pt-BR": "Faz uma regra.", "en": "Make a rule."},
    "rules_add_help": {
        "pt-BR": "Faz uma regra: o que tem esse nome recebe essa categoria. Mostra antes o que muda, e em que meses. "
        'A regra mais específica vale; entre iguais, a mais nova.\n\nExemplo: nubank rules add "Padaria Azul" lazer',
        "en": "Make a rule: what has this name gets this category. What changes, and in which months, is shown first. "
        'The most specific rule counts; of equal ones the newest.\n\nExample: nubank rules add "Padaria Azul" leisure',
    },
    "rules_match_help": {
        "pt-BR": "Como comparar: merchant (é esse o estabelecimento), begins (o nome começa assim), words (tem essas "
        "palavras) ou contains (tem essas letras).",
        "en": "How to compare: merchant (it is that merchant), begins (the name begins so), words (it has these "
        "words) or contains (it has these letters).",
    },
    "rules_remove_short": {"pt-BR": "Apaga uma regra.", "en": "Erase a rule."},
    "rules_remove_help": {
        "pt-BR": "Apaga uma regra, pelo começo do seu id ou pelo texto. Mostra antes o que muda.",
        "en": "Erase a rule, by the beginning of its id or by its text. What changes is shown first.",
    },
    "rules_test_help": {
        "pt-BR": "Mostra qual regra decide um título.",
        "en": "Print which rule decides a title.",
    },
    "rules_diff_short": {
        "pt-BR": "Mostra o que mudaria ao refazer todos os meses.",
        "en": "Print what making all months anew would change.",
    },
    "rules_diff_help": {
        "pt-BR": "Mostra o que mudaria ao refazer todos os meses: pelo que esta versão sabe, e pelo que se disse "
        "desde a última execução. Nada é mudado.",
        "en": "Print what making all months anew would change: by what this release knows, and by what was said since "
        "the last run. Nothing is changed.",
    },
    "rule_name": {"pt-BR": "regra: {pattern} → {category}", "en": "rule: {pattern} → {category}"},
    "rule_removed": {"pt-BR": "Apagada: {name}.", "en": "Erased: {name}."},
    "rule_unknown": {
        "pt-BR": "Nenhuma regra é {rule!r}; veja `nubank rules list`.",
        "en": "No rule is {rule!r}; see `nubank rules list`.",
    },
    "rule_ambiguous": {
        "pt-BR": "{rule!r} pode ser mais de uma regra: {found}; use o id.",
        "en": "{rule!r} may be several rules: {found}; use the id.",
    },
    "rule_of_worksheet": {
        "pt-BR": "{rule!r} é uma linha da aba Correções; apague-a lá.",
        "en": "{rule!r} is a row of the worksheet Corrections; delete it there.",
    },
    "rule_contradicted": {
        "pt-BR": "A aba Correções diz outra categoria do mesmo estabelecimento, e então nenhuma das duas vale.",
        "en": "The worksheet Corrections says another category of the same merchant, and then neither counts.",
    },
    "rule_pattern_empty": {
        "pt-BR": "{pattern!r} não tem nenhuma letra ou número de um nome.",
        "en": "{pattern!r} has no letter or digit of a name.",
    },
    "rule_compared": {"pt-BR": "Comparado como: {name}", "en": "Compared as: {name}"},
    "rule_yours": {"pt-BR": "sua regra", "en": "your rule"},
    "rule_from_command": {"pt-BR": "comando", "en": "command"},
    "rule_from_worksheet": {"pt-BR": "aba Correções", "en": "worksheet Corrections"},
    "rule_match_merchant": {"pt-BR": "estabelecimento", "en": "merchant"},
    "rule_match_begins": {"pt-BR": "começa com", "en": "begins with"},
    "rule_match_words": {"pt-BR": "tem as palavras", "en": "has the words"},
    "rule_match_contains": {"pt-BR": "contém", "en": "contains"},
    "column_rule_id": {"pt-BR": "regra", "en": "rule"},
    "column_match": {"pt-BR": "compara", "en": "compares"},
    "column_pattern": {"pt-BR": "com", "en": "with"},
    "column_source": {"pt-BR": "de onde", "en": "from"},
    "column_category_before": {"pt-BR": "antes", "en": "before"},
    "column_category_after": {"pt-BR": "depois", "en": "after"},
    "column_amount": {"pt-BR": "valor", "en": "amount"},
}
