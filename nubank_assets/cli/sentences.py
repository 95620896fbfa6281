"""The sentences of the command line, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

CLI_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "cli_help": {
        "pt-BR": "O seu dinheiro no Nubank, coletado, limpo, explicado e conferido centavo por centavo.",
        "en": "Your Nubank money, collected, cleaned, explained and proven to the centavo.",
    },
    "cli_home_help": {
        "pt-BR": "Pasta onde ficam todos os dados (ou NUBANK_HOME).",
        "en": "Folder where all data lies (or NUBANK_HOME).",
    },
    "aborted": {
        "pt-BR": "Interrompido; o que foi publicado está inteiro.",
        "en": "Interrupted; what was published is whole.",
    },
    "home_locked": {
        "pt-BR": "Outro comando nubank está usando {home}; espere que ele termine e tente de novo.",
        "en": "Another nubank command is using {home}; wait until it ends and try again.",
    },
    "categorize_short": {
        "pt-BR": "Diz a categoria de cada título de um arquivo CSV, e por quê.",
        "en": "Say the category of each title of a CSV file, and why.",
    },
    "categorize_help": {
        "pt-BR": "Diz a categoria de cada título de um arquivo CSV com a coluna title (e, se houver, amount, como no CSV "
        "do cartão: compras são positivas), uma linha por linha, na mesma ordem.\n\n"
        "A confiança é em porcento. O que não é gasto, como um pagamento recebido, não tem categoria.",
        "en": "Say the category of each title of a CSV file with a column title (and perhaps amount, as in a card's CSV: "
        "purchases are positive), a row for each, in the same order.\n\n"
        "The confidence is in percent. What is no spending, such as a payment received, has no category.",
    },
    "column_title": {"pt-BR": "Título", "en": "Title"},
    "column_category": {"pt-BR": "Categoria", "en": "Category"},
    "column_method": {"pt-BR": "Como", "en": "Method"},
    "column_confidence": {"pt-BR": "Confiança", "en": "Confidence"},
    "column_rule": {"pt-BR": "Regra", "en": "Rule"},
    "column_subcategory": {"pt-BR": "Subcategoria", "en": "Subcategory"},
    "import_short": {"pt-BR": "Importa arquivos exportados do app.", "en": "Import files exported from the app."},
    "import_help": {
        "pt-BR": "Importa arquivos CSV e OFX exportados do app do Nubank, um a um ou pastas inteiras.\n\n"
        "Eles são reconhecidos pelo conteúdo. Os originais não são alterados.",
        "en": "Import CSV and OFX files exported from the Nubank app, one by one or whole folders.\n\n"
        "They are recognised by their content. The originals are not changed.",
    },
    "import_account_help": {
        "pt-BR": "Nome da conta, se você tem mais de uma (padrão: card e account).",
        "en": "Name of the account, if you have several (default: card and account).",
    },
    "import_due_help": {
        "pt-BR": "Vencimento da fatura, se o nome do arquivo não diz (AAAA-MM-DD).",
        "en": "Due date of the bill, if the file's name does not tell (YYYY-MM-DD).",
    },
    "import_summary": {
        "pt-BR": "Documentos novos: {new}; importados antes: {known}.",
        "en": "New documents: {new}; imported before: {known}.",
    },
    "import_ignored": {
        "pt-BR": "Não são lidos PDF, planilhas do Excel e ZIP ({files}: {names}); exporte em CSV ou OFX.",
        "en": "PDF, Excel workbooks and ZIP files are not read ({files}: {names}); export as CSV or OFX.",
    },
    "home_unusable": {
        "pt-BR": "{home}: não é possível usar esta pasta ({error}); escolha outra com --home ou NUBANK_HOME.",
        "en": "{home}: this folder cannot be used ({error}); choose another with --home or NUBANK_HOME.",
    },
    "setting_wrong": {
        "pt-BR": "{name}={value}: valor inválido; são aceitos: {expected}.",
        "en": "{name}={value}: wrong value; accepted are: {expected}.",
    },
    "doctor_not_run": {
        "pt-BR": "{documents} documentos são novos ou foram apagados depois da última execução; rode `nubank run`.",
        "en": "{documents} documents are new or were erased after the last run; use `nubank run`.",
    },
    "doctor_rejects": {
        "pt-BR": "{rejects} linhas não puderam ser lidas; veja a aba Rejeitados, ou `nubank query "
        '"select * from rejects"`.',
        "en": "{rejects} lines could not be read; see the worksheet Rejects, or `nubank query "
        '"select * from rejects"`.',
    },
    "import_nothing": {
        "pt-BR": "Nenhum arquivo CSV ou OFX encontrado; exporte as faturas e o extrato no app do Nubank.",
        "en": "No CSV or OFX file found; export the bills and the statement from the Nubank app.",
    },
    "bill_of": {"pt-BR": "fatura {bill}", "en": "bill {bill}"},
    "outcome_new": {"pt-BR": "importado", "en": "imported"},
    "outcome_known": {"pt-BR": "já estava", "en": "known"},
    "column_file": {"pt-BR": "arquivo", "en": "file"},
    "column_format": {"pt-BR": "formato", "en": "format"},
    "column_account": {"pt-BR": "conta", "en": "account"},
    "column_period": {"pt-BR": "período", "en": "period"},
    "column_lines": {"pt-BR": "linhas", "en": "lines"},
    "column_rejects": {"pt-BR": "ilegíveis", "en": "rejects"},
    "column_total": {"pt-BR": "total", "en": "total"},
    "column_outcome": {"pt-BR": "resultado", "en": "outcome"},
    "column_month": {"pt-BR": "mês", "en": "month"},
    "column_months": {"pt-BR": "meses", "en": "months"},
    "column_rows": {"pt-BR": "lançamentos", "en": "rows"},
    "column_income": {"pt-BR": "receitas", "en": "income"},
    "column_expenses": {"pt-BR": "despesas", "en": "expenses"},
    "column_state": {"pt-BR": "situação", "en": "state"},
    "column_document": {"pt-BR": "documento", "en": "document"},
    "column_as_of": {"pt-BR": "de", "en": "as of"},
    "run_short": {"pt-BR": "Coleta e processa os meses.", "en": "Collect and process the months."},
    "run_help": {
        "pt-BR": "Pergunta às fontes de NUBANK_SOURCES; lê, limpa, classifica, confere e resume os meses guardados, e "
        "grava a planilha e a página.",
        "en": "Ask the sources in NUBANK_SOURCES; read, clean, categorise, prove and sum up the stored months, and "
        "write the workbook and the page.",
    },
    "run_month_help": {"pt-BR": "Só este mês (AAAA-MM).", "en": "Only this month (YYYY-MM)."},
    "run_from_help": {"pt-BR": "A partir deste mês (AAAA-MM).", "en": "From this month on (YYYY-MM)."},
    "run_to_help": {"pt-BR": "Até este mês (AAAA-MM).", "en": "Up to this month (YYYY-MM)."},
    "run_open_help": {"pt-BR": "Abre a planilha no fim.", "en": "Open the workbook at the end."},
    "month_wrong": {
        "pt-BR": "{month!r} não é um mês; escreva como 2026-10.",
        "en": "{month!r} is not a month; write it as 2026-10.",
    },
    "month_or_range": {
        "pt-BR": "Use --month, ou --from e --to, não os dois.",
        "en": "Use --month, or --from and --to, not both.",
    },
    "month_out_of_range": {
        "pt-BR": "{month} está fora dos meses possíveis, de {first} a {last}.",
        "en": "{month} is outside the possible months, {first} to {last}.",
    },
    "range_backwards": {
        "pt-BR": "Não há meses de {first} a {last}; confira --from e --to.",
        "en": "There are no months from {first} to {last}; check --from and --to.",
    },
    "inbox_empty": {
        "pt-BR": "Nada foi importado nem coletado ainda; comece com `nubank import PASTA`, ou veja `nubank demo`.",
        "en": "Nothing has been imported or collected yet; begin with `nubank import FOLDER`, or look at `nubank demo`.",
    },
    "running": {"pt-BR": "processando", "en": "running"},
    "run_results": {
        "pt-BR": "Planilha: {workbook}\nPágina:   {page}\nTabelas:  {lake} (nubank query)",
        "en": "Workbook: {workbook}\nPage:     {page}\nTables:   {lake} (nubank query)",
    },
    "run_results_sheets": {
        "pt-BR": "Google:   {address}",
        "en": "Google:   {address}",
    },
    "run_failed": {
        "pt-BR": "Falhou ({first} a {last}): {reason}",
        "en": "Failed ({first} to {last}): {reason}",
    },
    "run_died": {
        "pt-BR": "O processo desta execução terminou no meio; os meses publicados estão inteiros.",
        "en": "The process of this run ended in the middle; the months it published are whole.",
    },
    "check_warned": {"pt-BR": "Atenção, {explanation}", "en": "Note, {explanation}"},
    "month_open": {"pt-BR": "em aberto", "en": "open"},
    "month_closed": {"pt-BR": "fechado", "en": "closed"},
    "month_empty": {"pt-BR": "sem dados", "en": "no data"},
    "holder_names_missing": {
        "pt-BR": "Dica: diga seu nome em NUBANK_HOLDER_NAMES; sem ele, transferências para você mesmo contam como "
        "receita ou despesa.",
        "en": "Hint: put your name into NUBANK_HOLDER_NAMES; without it, transfers to yourself count as income or "
        "expense.",
    },
    "run_offline_help": {
        "pt-BR": "Não pergunta nada às fontes; processa o que já está guardado.",
        "en": "Ask no source; process what is already stored.",
    },
    "collecting": {"pt-BR": "Coletando de {sources}…", "en": "Collecting from {sources}…"},
    "collected": {
        "pt-BR": "Coleta: {new} documentos novos ou alterados, {known} iguais aos de antes.",
        "en": "Collected: {new} new or changed documents, {known} as before.",
    },
    "balance_short": {"pt-BR": "Informa saldos e limites à mão.", "en": "State balances and limits by hand."},
    "balance_help": {
        "pt-BR": "Saldos e limites que nenhuma fonte informa.",
        "en": "Balances and limits that no source tells.",
    },
    "balance_set_short": {"pt-BR": "Informa um saldo ou limite.", "en": "State a balance or a limit."},
    "balance_set_help": {
        "pt-BR": "Informa o saldo de uma conta no fim de um dia, ou os limites de um cartão.\n\n"
        "Exemplos: nubank balance set 1.234,56 --date 2026-10-31; nubank balance set --limit 8000 --available 5500",
        "en": "State what an account held at the end of a day, or the limits of a card.\n\n"
        "Examples: nubank balance set 1234.56 --date 2026-10-31; nubank balance set --limit 8000 --available 5500",
    },
    "balance_account_help": {
        "pt-BR": "Nome da conta ou do cartão (padrão: account, card).",
        "en": "Name of the account or card (default: account, card).",
    },
    "balance_limit_help": {"pt-BR": "Limite total do cartão.", "en": "Total limit of the card."},
    "balance_available_help": {"pt-BR": "Limite disponível do cartão.", "en": "Available limit of the card."},
    "balance_date_help": {
        "pt-BR": "Dia do saldo, AAAA-MM-DD ou DD/MM/AAAA (padrão: hoje).",
        "en": "Day of the balance, YYYY-MM-DD or DD/MM/YYYY (default: today).",
    },
    "balance_nothing": {
        "pt-BR": "Diga um saldo, um --limit ou um --available.",
        "en": "Give a balance, a --limit or an --available.",
    },
    "balance_mixed": {
        "pt-BR": "Um saldo é de uma conta, e um limite é de um cartão; com --account, informe um de cada vez.",
        "en": "A balance is an account's and a limit is a card's; with --account, state one at a time.",
    },
    "balance_amount_wrong": {
        "pt-BR": "{amount!r} não é um valor em reais; escreva como em 1.234,56 ou 1234.56.",
        "en": "{amount!r} is not an amount in reais; write it as in 1234.56 or 1.234,56.",
    },
    "balance_stated": {
        "pt-BR": "{account} em {day}: {readings}. Rode `nubank run` para que conte.",
        "en": "{account} on {day}: {readings}. Use `nubank run` to let it count.",
    },
    "balance_new_account": {
        "pt-BR": "{account} ainda não tem nenhum documento; se o nome está errado, use `nubank forget`.",
        "en": "{account} has no document yet; if the name is wrong, use `nubank forget`.",
    },
    "reading_account_balance": {"pt-BR": "saldo {amount}", "en": "balance {amount}"},
    "reading_card_limit": {"pt-BR": "limite {amount}", "en": "limit {amount}"},
    "reading_available_limit": {"pt-BR": "limite disponível {amount}", "en": "available limit {amount}"},
    "demo_short": {"pt-BR": "Mostra tudo com uma conta inventada.", "en": "Show everything with a made-up account."},
    "demo_help": {
        "pt-BR": "Cria uma conta inventada, importa seus arquivos e processa tudo, em uma pasta separada.",
        "en": "Make up an account, import its files and process everything, in a folder of its own.",
    },
    "demo_months_help": {"pt-BR": "Quantos meses.", "en": "How many months."},
    "demo_seed_help": {"pt-BR": "Semente: a mesma dá a mesma conta.", "en": "Seed: the same gives the same account."},
    "demo_next": {
        "pt-BR": 'Experimente: nubank query --demo "select category, sum(amount_brl) from expenses group by 1 '
        'order by 2"\nou abra a página do Dagster com: nubank ui --demo',
        "en": 'Try: nubank query --demo "select category, sum(amount_brl) from expenses group by 1 order by 2"\n'
        "or open Dagster's page with: nubank ui --demo",
    },
    "query_short": {"pt-BR": "Consulta as tabelas em SQL.", "en": "Query the tables in SQL."},
    "query_help": {
        "pt-BR": "Consulta as tabelas com SQL, pelo nome: transactions, expenses, monthly_summary, …\n\n"
        "`show tables` lista todas.",
        "en": "Query the tables with SQL, by name: transactions, expenses, monthly_summary, …\n\n"
        "`show tables` lists them all.",
    },
    "query_demo_help": {"pt-BR": "Usa os dados da demonstração.", "en": "Use the demo's data."},
    "query_format_help": {"pt-BR": "Formato da saída.", "en": "Format of the output."},
    "query_engine_help": {
        "pt-BR": "Quem responde: duckdb, aqui, ou athena, na AWS (padrão com NUBANK_DEPLOYMENT=aws).",
        "en": "Who answers: duckdb, here, or athena, in AWS (the default with NUBANK_DEPLOYMENT=aws).",
    },
    "query_dialect_help": {
        "pt-BR": "Em que SQL se pergunta; athena, no DuckDB, confere a consulta como o Athena e dá as linhas dele.",
        "en": "Which SQL is asked in; athena, on DuckDB, checks the query as Athena would and gives its rows.",
    },
    "query_failed": {"pt-BR": "A consulta não funcionou: {error}", "en": "The query failed: {error}"},
    "documents_short": {"pt-BR": "Lista os documentos guardados.", "en": "List the stored documents."},
    "documents_help": {
        "pt-BR": "Lista os documentos importados, coletados e informados, com o nome que `nubank forget` espera.",
        "en": "List the imported, collected and stated documents, with the name that `nubank forget` expects.",
    },
    "forget_short": {"pt-BR": "Apaga um documento.", "en": "Erase a document."},
    "forget_help": {
        "pt-BR": "Apaga um documento importado, coletado ou informado (veja `nubank documents`; o começo da primeira coluna "
        "basta). De uma fonte, "
        "apaga todas as respostas sobre a mesma fatura, mês ou dia, que serão perguntadas de novo.",
        "en": "Erase an imported, collected or stated document (see `nubank documents`; the beginning of the first "
        "column is enough). Of a source, all its answers about the same bill, month or day go, and are asked for again.",
    },
    "forget_unknown": {
        "pt-BR": "Nenhum documento começa com {document!r}; veja a lista em `nubank documents`.",
        "en": "No document begins with {document!r}; see the list in `nubank documents`.",
    },
    "forget_ambiguous": {
        "pt-BR": "Vários documentos começam com {document!r}; escreva mais do nome.",
        "en": "Several documents begin with {document!r}; write more of its name.",
    },
    "forgotten": {
        "pt-BR": "{name} foi apagado; rode `nubank run` para refazer: {months}.",
        "en": "{name} was erased; use `nubank run` to make these anew: {months}.",
    },
    "ui_short": {"pt-BR": "Abre a página do Dagster.", "en": "Open Dagster's page."},
    "ui_help": {
        "pt-BR": "Abre a página do Dagster neste computador: linhagem, execuções, meses.",
        "en": "Open Dagster's page on this machine: lineage, runs, months.",
    },
    "ui_address": {"pt-BR": "Página: {address} (Ctrl-C encerra)", "en": "Page: {address} (Ctrl-C ends it)"},
    "doctor_short": {"pt-BR": "Confere a instalação e os dados.", "en": "Check the installation and the data."},
    "doctor_help": {
        "pt-BR": "Confere a pasta, o motor, os documentos e os meses, e diz o que fazer.",
        "en": "Check the home, the engine, the documents and the months, and say what to do.",
    },
    "doctor_home_new": {"pt-BR": "A pasta {home} será criada.", "en": "The home {home} will be made."},
    "doctor_home_private": {"pt-BR": "A pasta {home} é só sua.", "en": "The home {home} is yours alone."},
    "doctor_home_open": {
        "pt-BR": "Outras pessoas deste computador podem ler {home}; use `chmod 700`.",
        "en": "Other people on this machine can read {home}; use `chmod 700`.",
    },
    "doctor_disk": {"pt-BR": "Espaço livre em disco: {free} GB.", "en": "Free disk space: {free} GB."},
    "doctor_java_missing": {
        "pt-BR": "NUBANK_ENGINE=spark precisa de Java 17; instale-o ou use NUBANK_ENGINE=sail.",
        "en": "NUBANK_ENGINE=spark needs Java 17; install it or use NUBANK_ENGINE=sail.",
    },
    "doctor_engine_works": {"pt-BR": "O motor {engine} funciona.", "en": "The engine {engine} works."},
    "doctor_engine_broken": {
        "pt-BR": "O motor {engine} não inicia: {error}",
        "en": "The engine {engine} does not start: {error}",
    },
    "doctor_inbox": {
        "pt-BR": "{documents} documentos guardados, de {first} a {last}.",
        "en": "{documents} documents stored, {first} to {last}.",
    },
    "doctor_month_unproven": {
        "pt-BR": "Rode `nubank run`: {explanation}",
        "en": "Use `nubank run`: {explanation}",
    },
    "doctor_months_proven": {
        "pt-BR": "Todos os meses processados batem com os documentos.",
        "en": "All processed months agree with the documents.",
    },
    "doctor_source_answered": {
        "pt-BR": "A fonte {source} respondeu pela última vez em {day}.",
        "en": "The source {source} last answered on {day}.",
    },
    "doctor_source_new": {
        "pt-BR": "A fonte {source} está pronta e ainda não foi perguntada; rode `nubank run`.",
        "en": "The source {source} is ready and was not asked yet; use `nubank run`.",
    },
    "doctor_login_unused": {
        "pt-BR": "Há um login guardado que não é usado; ponha pynubank em NUBANK_SOURCES.",
        "en": "There is a login that is not used; put pynubank into NUBANK_SOURCES.",
    },
    "doctor_spreadsheet_unused": {
        "pt-BR": "Há uma planilha em NUBANK_SPREADSHEET que não é usada; ponha sheets em NUBANK_DESTINATIONS.",
        "en": "There is a spreadsheet in NUBANK_SPREADSHEET that is not used; put sheets into NUBANK_DESTINATIONS.",
    },
    "doctor_no_source": {
        "pt-BR": "Nenhuma fonte coleta sozinha; há `nubank login` e Open Finance (NUBANK_SOURCES).",
        "en": "No source collects by itself; there are `nubank login` and Open Finance (NUBANK_SOURCES).",
    },
    "doctor_notifications": {"pt-BR": "Avisos por: {channels}.", "en": "Notifications by: {channels}."},
    "doctor_holder": {"pt-BR": "Transferências para {names} são suas.", "en": "Transfers to {names} are your own."},
}
