"""The sentences about Athena and its SQL, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

ATHENA_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "athena_workgroup_missing": {
        "pt-BR": "O grupo de trabalho {name} não existe no Athena ({reason}); crie-o ou corrija "
        "NUBANK_ATHENA_WORKGROUP.",
        "en": "The workgroup {name} does not exist in Athena ({reason}); create it or correct NUBANK_ATHENA_WORKGROUP.",
    },
    "athena_refused": {"pt-BR": "O Athena recusou a consulta: {reason}.", "en": "Athena refused the query: {reason}."},
    "athena_failed": {
        "pt-BR": "A consulta não funcionou no Athena: {reason}.",
        "en": "The query failed in Athena: {reason}.",
    },
    "athena_cancelled": {
        "pt-BR": "A consulta foi cancelada no Athena: {reason}.",
        "en": "The query was cancelled in Athena: {reason}.",
    },
    "athena_too_slow": {
        "pt-BR": "A consulta {query} passou de {seconds} s no Athena e foi cancelada; peça menos meses ou colunas.",
        "en": "The query {query} took over {seconds} s in Athena and was cancelled; ask for fewer months or columns.",
    },
    "athena_not_stopped": {
        "pt-BR": "Não foi possível cancelar a consulta {query} no Athena; ela pode continuar: {error}",
        "en": "The query {query} could not be cancelled in Athena and may go on: {error}",
    },
    "athena_scanned": {
        "pt-BR": "Athena: {size} lidos (consulta {query}).",
        "en": "Athena: {size} scanned (query {query}).",
    },
    "athena_not_local": {
        "pt-BR": "`--engine athena` consulta as tabelas da AWS e precisa de NUBANK_DEPLOYMENT=aws; tire a opção, ou "
        "use `--dialect athena` para rodar o mesmo SQL aqui.",
        "en": "`--engine athena` queries the tables in AWS and needs NUBANK_DEPLOYMENT=aws; leave it out, or use "
        "`--dialect athena` to run the same SQL here.",
    },
    "athena_only_athena": {
        "pt-BR": "O Athena só entende o dialeto dele; tire `--dialect duckdb`, ou use `--engine duckdb`.",
        "en": "Athena understands its own dialect only; leave out `--dialect duckdb`, or use `--engine duckdb`.",
    },
    "athena_read_only": {
        "pt-BR": "`nubank query` só lê: use uma consulta que comece com SELECT, WITH, SHOW ou DESCRIBE, não {found}.",
        "en": "`nubank query` only reads: use one that begins with SELECT, WITH, SHOW or DESCRIBE, not {found}.",
    },
    "athena_one_statement": {
        "pt-BR": "`nubank query` roda uma consulta por vez, e aqui há {count}.",
        "en": "`nubank query` runs one statement at a time, and here are {count}.",
    },
    "athena_not_sql": {
        "pt-BR": "Isto não é SQL do Athena, perto de “{near}” (linha {line}, coluna {column}).",
        "en": "This is not Athena SQL, near “{near}” (line {line}, column {column}).",
    },
    "athena_unknown_table": {
        "pt-BR": "Não há tabela {name}{nearest}; `show tables` lista todas.",
        "en": "There is no table {name}{nearest}; `show tables` lists them all.",
    },
    "athena_unknown_column": {
        "pt-BR": "Não há coluna {name}{nearest}; `describe TABELA` lista as de uma tabela.",
        "en": "There is no column {name}{nearest}; `describe TABLE` lists those of a table.",
    },
    "athena_nearest": {"pt-BR": " (seria {name}?)", "en": " (is it {name}?)"},
    "athena_not_resolved": {
        "pt-BR": "O Athena recusaria esta consulta: {reason}.",
        "en": "Athena would refuse this query: {reason}.",
    },
    "athena_function_untranslated": {
        "pt-BR": "{name} não tem tradução provada para o DuckDB; rode com `--engine athena`, ou escreva sem ela.",
        "en": "{name} has no proven translation to DuckDB; run it with `--engine athena`, or write it without.",
    },
    "athena_type_unknown": {
        "pt-BR": "Não se sabe o tipo de {part}, que decide o arredondamento do Athena; escreva cast(… as …) em volta "
        "de cada lado.",
        "en": "The type of {part} is not known, and Athena's rounding depends on it; write cast(… as …) around each "
        "side.",
    },
    "athena_types_differ": {
        "pt-BR": "O Athena não combina {left} com {right} em {part}; use um literal do tipo certo, como "
        "date '2026-10-01'.",
        "en": "Athena does not combine {left} with {right} in {part}; use a literal of the right type, like "
        "date '2026-10-01'.",
    },
    "athena_view_is_table": {
        "pt-BR": "O banco {database} do Glue já tem uma tabela {name} que não é esta visão; apague-a ou use outro "
        "NUBANK_GLUE_DATABASE.",
        "en": "The Glue database {database} already has a table {name} that is not this view; delete it or use another "
        "NUBANK_GLUE_DATABASE.",
    },
    "athena_looked": {
        "pt-BR": "Athena: o grupo de trabalho {name} está ligado.",
        "en": "Athena: the workgroup {name} is enabled.",
    },
    "athena_disabled": {
        "pt-BR": "Athena: o grupo de trabalho {name} está desligado; ligue-o com `aws athena update-work-group "
        "--work-group {name} --state ENABLED`.",
        "en": "Athena: the workgroup {name} is disabled; enable it by `aws athena update-work-group --work-group "
        "{name} --state ENABLED`.",
    },
    "athena_results_workgroup": {
        "pt-BR": "Athena: os resultados ficam onde o grupo de trabalho diz ({output}).",
        "en": "Athena: results go where the workgroup says ({output}).",
    },
    "athena_results_ours": {
        "pt-BR": "Athena: o grupo de trabalho não diz onde ficam os resultados; ficarão em {output}.",
        "en": "Athena: the workgroup does not say where results go; they will go to {output}.",
    },
    "athena_results_managed": {"pt-BR": "o próprio Athena", "en": "Athena itself"},
    "athena_limit": {
        "pt-BR": "Athena: uma consulta lê no máximo {size}.",
        "en": "Athena: a query reads {size} at most.",
    },
    "athena_no_limit": {
        "pt-BR": "Athena: o grupo de trabalho {name} não limita os bytes lidos por consulta; limite-os com "
        "BytesScannedCutoffPerQuery.",
        "en": "Athena: the workgroup {name} does not limit the bytes a query reads; limit them by "
        "BytesScannedCutoffPerQuery.",
    },
    "athena_works": {
        "pt-BR": "Athena: uma consulta de prova funcionou (athena:StartQueryExecution, GetQueryExecution, "
        "GetQueryResults).",
        "en": "Athena: a trial query worked (athena:StartQueryExecution, GetQueryExecution, GetQueryResults).",
    },
    "athena_views": {
        "pt-BR": "Athena: as visões {names} existem.",
        "en": "Athena: the views {names} exist.",
    },
    "athena_views_missing": {
        "pt-BR": "Athena: faltam as visões {names} no banco {database} do Glue; o próximo `nubank run` as cria.",
        "en": "Athena: the views {names} are missing in Glue's database {database}; the next `nubank run` makes them.",
    },
}
