"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "notice_subject_started": {
        "pt-BR": "Nubank: a atualização começou ({months})",
        "en": "Nubank: the update started ({months})",
    },
    "notice_subject_succeeded": {
        "pt-BR": "Nubank: tudo atualizado ({months})",
        "en": "Nubank: all up to date ({months})",
    },
    "notice_subject_failed": {
        "pt-BR": "Nubank: a atualização falhou ({months})",
        "en": "Nubank: the update failed ({months})",
    },
    "notice_subject_alert": {"pt-BR": "Nubank: atenção", "en": "Nubank: attention"},
    "notice_alert": {
        "pt-BR": "Algo deu errado ao lado das execuções; os dados publicados estão certos.",
        "en": "Something went wrong beside the runs; the published data is right.",
    },
    "notice_subject_canceled": {
        "pt-BR": "Nubank: a atualização foi cancelada ({months})",
        "en": "Nubank: the update was canceled ({months})",
    },
    "notice_canceled": {
        "pt-BR": "A atualização dos seus dados do Nubank foi cancelada: {months}.",
        "en": "The update of your Nubank data was canceled: {months}.",
    },
    "notice_rejects": {
        "pt-BR": "Linhas que não puderam ser lidas: {rejects}.",
        "en": "Lines that could not be read: {rejects}.",
    },
    "notice_runs": {
        "pt-BR": "Execuções: {total}, das quais {failed} não terminaram bem.",
        "en": "Runs: {total}, of which {failed} did not end well.",
    },
    "notice_link": {"pt-BR": "Esta execução na página: {link}", "en": "This run on the page: {link}"},
    "notice_id": {
        "pt-BR": "Aviso {id} (se chegar duas vezes, é o mesmo).",
        "en": "Notice {id} (should it come twice, it is the same one).",
    },
    "notice_busy": {
        "pt-BR": "outro processo está enviando avisos; este será enviado depois.",
        "en": "another process is sending notifications; this one will be sent later.",
    },
    "notice_topic_missing": {
        "pt-BR": "NUBANK_NOTIFICATIONS pede sns, mas falta NUBANK_SNS_TOPIC; informe o ARN do tópico ou tire sns.",
        "en": "NUBANK_NOTIFICATIONS asks for sns, but NUBANK_SNS_TOPIC is missing; give the topic's ARN or leave sns "
        "out.",
    },
    "notice_topic_wrong": {
        "pt-BR": "NUBANK_SNS_TOPIC: {value!r} não é o ARN de um tópico, como em "
        "arn:aws:sns:sa-east-1:123456789012:nubank; copie-o da página do SNS.",
        "en": "NUBANK_SNS_TOPIC: {value!r} is not the ARN of a topic, as in "
        "arn:aws:sns:sa-east-1:123456789012:nubank; copy it from the page of SNS.",
    },
    "notice_period": {"pt-BR": "{first} a {last}", "en": "{first} to {last}"},
    "notice_all_months": {"pt-BR": "todos os meses", "en": "all months"},
    "notice_started": {
        "pt-BR": "A atualização dos seus dados do Nubank começou: {months}.",
        "en": "The update of your Nubank data started: {months}.",
    },
    "notice_succeeded": {
        "pt-BR": "Os seus dados do Nubank estão atualizados e conferidos: {months}.",
        "en": "Your Nubank data is up to date and proven: {months}.",
    },
    "notice_failed": {
        "pt-BR": "A atualização dos seus dados do Nubank falhou: {months}.",
        "en": "The update of your Nubank data failed: {months}.",
    },
    "notice_seconds": {"pt-BR": "Durou {duration}.", "en": "It took {duration}."},
    "notice_rows": {"pt-BR": "Linhas nesses meses: {rows}.", "en": "Rows in these months: {rows}."},
    "notice_figures": {"pt-BR": "Entradas e despesas, por fatura:", "en": "Income and spending, by bill:"},
    "notice_month_closed": {
        "pt-BR": "{month} (fechado): entradas {income}, despesas {expenses}",
        "en": "{month} (closed): income {income}, spending {expenses}",
    },
    "notice_month_open": {
        "pt-BR": "{month} (em aberto): entradas {income}, despesas {expenses} até agora",
        "en": "{month} (open): income {income}, spending {expenses} so far",
    },
    "notice_failures": {"pt-BR": "O que falhou:", "en": "What failed:"},
    "notice_warnings": {"pt-BR": "Avisos:", "en": "Warnings:"},
    "notice_results": {"pt-BR": "Onde estão os resultados:", "en": "Where the results are:"},
    "notice_more": {"pt-BR": "… e mais {count}", "en": "… and {count} more"},
    "notice_what_now": {
        "pt-BR": "O que já estava publicado continua inteiro. Para saber mais, rode `nubank doctor`.",
        "en": "What was published before is whole. To know more, use `nubank doctor`.",
    },
    "notice_interrupted": {"pt-BR": "A execução foi interrompida.", "en": "The run was interrupted."},
    "notice_unexpected": {
        "pt-BR": "Erro inesperado ({error}).",
        "en": "Unexpected error ({error}).",
    },
    "notice_setting_missing": {
        "pt-BR": "NUBANK_NOTIFICATIONS pede e-mail (smtp), mas falta {name}; defina essa variável ou tire smtp.",
        "en": "NUBANK_NOTIFICATIONS asks for e-mail (smtp), but {name} is missing; set it or leave smtp out.",
    },
    "notice_address_wrong": {
        "pt-BR": "{name}: {value!r} não é um endereço de e-mail; use só o endereço, como em `ana@exemplo.com.br`.",
        "en": "{name}: {value!r} is not an e-mail address; give the address alone, as in `ana@example.com`.",
    },
    "notice_security_none": {
        "pt-BR": "NUBANK_SMTP_SECURITY=none só é aceito para um servidor nesta máquina (127.0.0.1 ou localhost), "
        "não para {host}; use starttls ou tls.",
        "en": "NUBANK_SMTP_SECURITY=none is accepted only for a server on this machine (127.0.0.1 or localhost), "
        "not for {host}; use starttls or tls.",
    },
    "notice_undelivered": {
        "pt-BR": "O aviso por {channel} não foi entregue: {reason}",
        "en": "The notification by {channel} was not delivered: {reason}",
    },
    "notice_smtp_unreachable": {
        "pt-BR": "{host}:{port} não respondeu ({error}); confira a internet, NUBANK_SMTP_HOST e NUBANK_SMTP_PORT.",
        "en": "{host}:{port} did not answer ({error}); check the internet, NUBANK_SMTP_HOST and NUBANK_SMTP_PORT.",
    },
    "notice_smtp_certificate": {
        "pt-BR": "o certificado de {host}:{port} não é confiável ({error}), e nada foi enviado; confira "
        "NUBANK_SMTP_HOST.",
        "en": "the certificate of {host}:{port} is not trusted ({error}), and nothing was sent; check "
        "NUBANK_SMTP_HOST.",
    },
    "notice_smtp_tls": {
        "pt-BR": "a conexão cifrada com {host}:{port} não se estabeleceu ({error}); confira NUBANK_SMTP_SECURITY e "
        "NUBANK_SMTP_PORT (starttls usa 587, tls usa 465).",
        "en": "the encrypted connection with {host}:{port} was not established ({error}); check "
        "NUBANK_SMTP_SECURITY and NUBANK_SMTP_PORT (starttls uses 587, tls uses 465).",
    },
    "notice_smtp_unsupported": {
        "pt-BR": "{host}:{port} não oferece o que foi pedido ({error}), e nada foi enviado; confira "
        "NUBANK_SMTP_SECURITY, NUBANK_SMTP_USER e os endereços.",
        "en": "{host}:{port} does not offer what was asked ({error}), and nothing was sent; check "
        "NUBANK_SMTP_SECURITY, NUBANK_SMTP_USER and the addresses.",
    },
    "notice_smtp_login": {
        "pt-BR": "{host}:{port} recusou o usuário ou a senha ({code}); confira NUBANK_SMTP_USER e "
        "NUBANK_SMTP_PASSWORD (no Gmail, uma senha de app).",
        "en": "{host}:{port} refused the user or the password ({code}); check NUBANK_SMTP_USER and "
        "NUBANK_SMTP_PASSWORD (for Gmail, an app password).",
    },
    "notice_smtp_ascii": {
        "pt-BR": "o usuário ou a senha de {host}:{port} tem letras com acento, que o login de e-mail não aceita; troque a "
        "senha.",
        "en": "the user or the password of {host}:{port} has letters that mail logins cannot carry; change the "
        "password to ASCII.",
    },
    "notice_smtp_busy": {
        "pt-BR": "{host}:{port} não aceitou a mensagem por ora ({code} {text}), nem tentando de novo.",
        "en": "{host}:{port} did not accept the message for now ({code} {text}), not when tried again either.",
    },
    "notice_smtp_refused": {
        "pt-BR": "{host}:{port} recusou a mensagem ({code} {text}); confira NUBANK_NOTIFY_FROM e NUBANK_NOTIFY_TO.",
        "en": "{host}:{port} refused the message ({code} {text}); check NUBANK_NOTIFY_FROM and NUBANK_NOTIFY_TO.",
    },
    "notice_smtp_some_refused": {
        "pt-BR": "{host}:{port} recusou alguns destinatários ({recipients}); os outros receberam. Confira "
        "NUBANK_NOTIFY_TO.",
        "en": "{host}:{port} refused some recipients ({recipients}); the others were served. Check NUBANK_NOTIFY_TO.",
    },
    "notice_desktop_missing": {
        "pt-BR": "falta o programa {program}; instale-o ou tire desktop de NUBANK_NOTIFICATIONS.",
        "en": "the program {program} is missing; install it or leave desktop out of NUBANK_NOTIFICATIONS.",
    },
    "notice_desktop_failed": {
        "pt-BR": "{program} não conseguiu mostrar o aviso ({error}).",
        "en": "{program} could not show the notification ({error}).",
    },
}
