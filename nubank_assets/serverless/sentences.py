"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "serverless_input_wrong": {
        "pt-BR": 'A entrada {value!r} não serve; use, por exemplo, {{"month": "2026-10"}}, ou {{}} para os meses de agora.',
        "en": 'The input {value!r} will not do; use {{"month": "2026-10"}}, for example, or {{}} for the months of now.',
    },
    "serverless_input_unknown": {
        "pt-BR": "A entrada tem {names}, que não existe; existem {known}.",
        "en": "The input has {names}, which does not exist; there are {known}.",
    },
    "serverless_word_wrong": {
        "pt-BR": "{name}: {value!r} não serve; use um destes: {known}.",
        "en": "{name}: {value!r} will not do; use one of these: {known}.",
    },
    "serverless_month_or_range": {
        "pt-BR": "Use na entrada month, ou months, ou from e to; só um dos três.",
        "en": "Use month, or months, or from and to in the input; only one of the three.",
    },
    "serverless_locked": {
        "pt-BR": "Outra execução, {owner}, está atualizando os dados (no máximo até {until}); tente de novo quando ela "
        "terminar.",
        "en": "Another execution, {owner}, is updating the data (until {until} at most); try again when it has ended.",
    },
    "serverless_lock_lost": {
        "pt-BR": "Outra execução começou no mesmo instante; tente de novo quando ela terminar.",
        "en": "Another execution began at the same moment; try again when it has ended.",
    },
    "serverless_drop_too_deep": {
        "pt-BR": "{name}: use no máximo uma pasta, com o nome da conta, como em new/card/fatura.csv.",
        "en": "{name}: use one folder at most, named like the account, as in new/card/bill.csv.",
    },
    "serverless_refused": {
        "pt-BR": "{name} não foi importado: {reason} O arquivo está agora em {place}.",
        "en": "{name} was not imported: {reason} The file is now at {place}.",
    },
    "serverless_aborted": {
        "pt-BR": "Alguém interrompeu a execução.",
        "en": "Somebody stopped the execution.",
    },
    "serverless_timed_out": {
        "pt-BR": "{state}: não terminou a tempo; se acontecer de novo, peça menos meses de cada vez, ou dê mais tempo e "
        "memória à função.",
        "en": "{state}: it did not end in time; should it happen again, ask for fewer months at a time, or give the "
        "function more time and memory.",
    },
    "serverless_timed_out_as_a_whole": {
        "pt-BR": "A execução inteira não terminou a tempo.",
        "en": "The execution as a whole did not end in time.",
    },
    "serverless_unexpected": {
        "pt-BR": "{state}: erro inesperado ({error}); o log da função diz mais.",
        "en": "{state}: unexpected error ({error}); the function's log says more.",
    },
}
