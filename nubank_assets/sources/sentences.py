"""The sentences that all sources share, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "titles_without_title": {
        "pt-BR": "{name}: falta a coluna title na primeira linha; salve como CSV com uma coluna title.",
        "en": "{name}: its first line has no column title; save it as CSV with one column title.",
    },
    "titles_line_wrong": {
        "pt-BR": "{name}, linha {line}: há {found} campos, e a primeira linha tem {wanted}; ponha entre aspas os que têm "
        "vírgula.",
        "en": "{name}, line {line}: there are {found} fields, and the first line has {wanted}; quote those with a comma.",
    },
    "titles_amount_wrong": {
        "pt-BR": "{name}, linha {line}: {amount!r} não é um valor; escreva como 1.234,56 ou 1234.56.",
        "en": "{name}, line {line}: {amount!r} is no amount; write it as 1.234,56 or 1234.56.",
    },
    "titles_unreadable": {
        "pt-BR": "{name}, linha {line}: não é um CSV que se possa ler ({error}); confira as aspas.",
        "en": "{name}, line {line}: this is no CSV that can be read ({error}); check the quotes.",
    },
    "source_unreachable": {
        "pt-BR": "{source} não respondeu ({error}); nada foi alterado. Confira a conexão e tente mais tarde, ou use "
        "`nubank run --offline` para processar o que já está guardado.",
        "en": "{source} did not answer ({error}); nothing was changed. Check the connection and try later, or use "
        "`nubank run --offline` to process what is already stored.",
    },
    "source_busy": {
        "pt-BR": "{source} pede para esperar (429, pedidos demais); nada foi alterado. Tente de novo em algumas horas.",
        "en": "{source} asks to wait (429, too many requests); nothing was changed. Try again in some hours.",
    },
    "source_broken": {
        "pt-BR": "{source} está com problemas ({status}); nada foi alterado. Tente mais tarde.",
        "en": "{source} has problems ({status}); nothing was changed. Try later.",
    },
    "source_refused": {
        "pt-BR": "{source} recusou o acesso ({status}); nada foi alterado.",
        "en": "{source} refused access ({status}); nothing was changed.",
    },
    "source_status": {
        "pt-BR": "{source} respondeu com o erro {status}; nada foi alterado.",
        "en": "{source} answered with the error {status}; nothing was changed.",
    },
    "source_garbage": {
        "pt-BR": "{source} respondeu algo que não é JSON; nada foi alterado. Tente mais tarde.",
        "en": "{source} answered something that is not JSON; nothing was changed. Try later.",
    },
    "source_too_large": {
        "pt-BR": "{source} respondeu mais do que qualquer conta tem; nada foi alterado.",
        "en": "{source} answered more than any account has; nothing was changed.",
    },
    "source_shape": {
        "pt-BR": "{source} respondeu em um formato desconhecido (falta {missing}); nada foi alterado. Atualize o "
        "programa, ou importe os arquivos exportados com `nubank import`.",
        "en": "{source} answered in an unknown shape ({missing} is missing); nothing was changed. Update the program, "
        "or import exported files with `nubank import`.",
    },
    "source_less": {
        "pt-BR": "{source} respondeu menos do que antes ({name}: {found} em vez de {known}); nada foi alterado. Se "
        "isso está certo, apague o documento anterior com `nubank forget {document}`.",
        "en": "{source} answered less than before ({name}: {found} instead of {known}); nothing was changed. If that "
        "is right, erase the earlier document with `nubank forget {document}`.",
    },
    "source_account_gone": {
        "pt-BR": "{source} não fala mais da conta {account}; o que já está guardado dela fica.",
        "en": "{source} does not speak of the account {account} any more; what is stored of it stays.",
    },
    "login_missing": {
        "pt-BR": "NUBANK_SOURCES tem pynubank, mas ainda não há um login; faça-o com `nubank login`.",
        "en": "NUBANK_SOURCES has pynubank, but there is no login yet; use `nubank login`.",
    },
    "stated_other_product": {
        "pt-BR": "{account} é o nome de outro produto ({product}): um saldo é de uma conta, um limite é de um cartão.",
        "en": "{account} names another product ({product}): a balance is an account's, a limit is a card's.",
    },
    "stated_day_wrong": {
        "pt-BR": "{day}: um saldo é do fim de um dia que já passou ou de hoje; confira a data.",
        "en": "{day}: a balance is of the end of a day that is over, or of today; check the date.",
    },
    "stated_name": {
        "pt-BR": "informado: {account} em {day}",
        "en": "stated: {account} on {day}",
    },
    "secret_missing": {
        "pt-BR": "Falta {variable}; defina essa variável de ambiente (o README diz o que vai nela) e rode de novo.",
        "en": "{variable} is missing; set this environment variable (the README says what goes into it) and try again.",
    },
}
