"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "pynubank_refused_401": {
        "pt-BR": "O Nubank não aceitou o acesso (401): o certificado ou o token expirou ou está errado; nada foi "
        "alterado. Rode `{command}` de novo.",
        "en": "Nubank did not accept the access (401): the certificate or the token has expired or is wrong; nothing "
        "was changed. Run `{command}` again.",
    },
    "pynubank_refused_403": {
        "pt-BR": "O Nubank proíbe este acesso (403): desde 2024 ele recusa muitas contas por este caminho, e tentar de "
        "novo não ajuda; nada foi alterado. Importe os arquivos exportados pelo app com `nubank import`, ou use o "
        "Open Finance com NUBANK_SOURCES=pluggy.",
        "en": "Nubank forbids this access (403): since 2024 it refuses many accounts this way in, and trying again "
        "does not help; nothing was changed. Import files exported by the app with `nubank import`, or use Open "
        "Finance with NUBANK_SOURCES=pluggy.",
    },
    "pynubank_busy": {
        "pt-BR": "O Nubank recebeu tentativas demais (429); nada foi alterado. Espere algumas horas e não tente agora: "
        "cada nova tentativa prolonga o bloqueio.",
        "en": "Nubank got too many attempts (429); nothing was changed. Wait some hours and do not try now: every new "
        "attempt makes the block longer.",
    },
    "pynubank_no_login": {
        "pt-BR": "Ainda não há acesso ao Nubank guardado aqui; rode `{command}`.",
        "en": "There is no access to Nubank stored here yet; run `{command}`.",
    },
    "pynubank_certificate_broken": {
        "pt-BR": "O certificado do Nubank guardado aqui expirou ou está danificado; rode `nubank login` de novo.",
        "en": "The certificate of Nubank stored here has expired or is damaged; run `nubank login` again.",
    },
    "login_help": {
        "pt-BR": "Autoriza este computador a ler a sua conta no Nubank: pede CPF, senha e o código enviado por e-mail, "
        "e guarda um certificado e um token que só você pode ler. CPF e senha não são guardados. O Nubank recusa "
        "muitas contas por este caminho; veja então `nubank import` ou NUBANK_SOURCES=pluggy.",
        "en": "Allow this computer to read your account at Nubank: asks for CPF, password and the code sent by e-mail, "
        "and keeps a certificate and a token that only you can read. CPF and password are not kept. Nubank refuses "
        "many accounts this way in; see `nubank import` or NUBANK_SOURCES=pluggy then.",
    },
    "login_short": {
        "pt-BR": "Autoriza este computador a ler a sua conta no Nubank.",
        "en": "Allow this computer to read your account at Nubank.",
    },
    "login_name_help": {
        "pt-BR": "Nome de mais um acesso, como `maria`; as contas dele serão card-maria e account-maria.",
        "en": "Name of one more login, such as `maria`; its accounts will be card-maria and account-maria.",
    },
    "login_cpf": {"pt-BR": "CPF (não aparece ao digitar)", "en": "CPF (not shown as you type)"},
    "login_password": {
        "pt-BR": "Senha do app (não aparece ao digitar)",
        "en": "Password of the app (not shown as you type)",
    },
    "login_code": {
        "pt-BR": "Código recebido por e-mail (não aparece ao digitar)",
        "en": "Code received by e-mail (not shown as you type)",
    },
    "login_code_sent": {
        "pt-BR": "O Nubank enviou um código para {recipient}.",
        "en": "Nubank sent a code to {recipient}.",
    },
    "login_your_email": {"pt-BR": "o seu e-mail", "en": "your e-mail"},
    "login_wrong_cpf": {
        "pt-BR": "Este CPF não existe (os dígitos verificadores não conferem); confira e rode `nubank login` de novo.",
        "en": "There is no such CPF (its check digits do not fit); look again and run `nubank login` again.",
    },
    "login_empty": {
        "pt-BR": "A resposta está vazia; rode `nubank login` de novo.",
        "en": "The answer is empty; run `nubank login` again.",
    },
    "login_wrong_credentials": {
        "pt-BR": "O Nubank não aceitou este CPF com esta senha; confira a senha no app antes de tentar de novo, porque "
        "erros seguidos bloqueiam o acesso.",
        "en": "Nubank did not accept this CPF with this password; check the password in the app before you try again, "
        "because repeated errors block the access.",
    },
    "login_wrong_code": {
        "pt-BR": "O Nubank não aceitou o código; rode `nubank login` de novo e use o código do e-mail mais recente.",
        "en": "Nubank did not accept the code; run `nubank login` again and use the code of the latest e-mail.",
    },
    "login_done": {
        "pt-BR": "Pronto: o certificado e o token estão em {folder}, e só você pode lê-los; CPF e senha não foram "
        "guardados. Agora defina NUBANK_SOURCES=pynubank e rode `nubank run`.",
        "en": "Done: the certificate and the token are in {folder}, and only you can read them; CPF and password were "
        "not kept. Now set NUBANK_SOURCES=pynubank and run `nubank run`.",
    },
}
