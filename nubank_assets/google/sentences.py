"""The sentences about Google Sheets, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "google_spreadsheet_missing": {
        "pt-BR": "Falta NUBANK_SPREADSHEET: crie uma planilha em https://sheets.new e ponha ali o endereço que o "
        "navegador mostra.",
        "en": "NUBANK_SPREADSHEET is missing: make a spreadsheet at https://sheets.new and set it to the address that "
        "the browser shows.",
    },
    "google_spreadsheet_wrong": {
        "pt-BR": "NUBANK_SPREADSHEET={key!r} não é uma planilha; use o endereço que o navegador mostra, "
        "https://docs.google.com/spreadsheets/d/…/edit.",
        "en": "NUBANK_SPREADSHEET={key!r} is no spreadsheet; use the address that the browser shows, "
        "https://docs.google.com/spreadsheets/d/…/edit.",
    },
    "google_key_missing": {
        "pt-BR": "Falta a chave da conta de serviço do Google (segredo {secret}): crie uma em "
        "https://console.cloud.google.com/iam-admin/serviceaccounts (Chaves, JSON) e rode `nubank google connect "
        "ARQUIVO`.",
        "en": "The key of Google's service account is missing (secret {secret}): make one at "
        "https://console.cloud.google.com/iam-admin/serviceaccounts (Keys, JSON) and use `nubank google connect FILE`.",
    },
    "google_key_no_json": {
        "pt-BR": "{name}: não é um arquivo JSON; baixe a chave da conta de serviço de novo, no formato JSON.",
        "en": "{name}: this is no JSON file; download the service account's key again, as JSON.",
    },
    "google_key_other": {
        "pt-BR": "{name}: não é a chave de uma conta de serviço (type: service_account); no console do Google, crie uma "
        "em Contas de serviço, Chaves, JSON.",
        "en": "{name}: this is not the key of a service account (type: service_account); in Google's console, make one "
        "at Service accounts, Keys, JSON.",
    },
    "google_key_incomplete": {
        "pt-BR": "{name}: falta {missing} na chave da conta de serviço; baixe-a de novo e não a altere.",
        "en": "{name}: the service account's key lacks {missing}; download it again and do not change it.",
    },
    "google_key_not_encrypted": {
        "pt-BR": "{name}: o token_uri da chave não é https; baixe a chave de novo e não a altere.",
        "en": "{name}: the key's token_uri is not https; download the key again and do not change it.",
    },
    "google_key_damaged": {
        "pt-BR": "{name}: a private_key da conta de serviço está danificada; baixe a chave de novo e não a altere.",
        "en": "{name}: the service account's private_key is damaged; download the key again and do not change it.",
    },
    "google_key_refused": {
        "pt-BR": "O Google não aceita a chave da conta {email} ({reason}); ela foi apagada ou desativada: crie outra "
        "chave e rode `nubank google connect ARQUIVO`.",
        "en": "Google does not accept the key of the account {email} ({reason}); it was deleted or disabled: make "
        "another key and use `nubank google connect FILE`.",
    },
    "google_clock_wrong": {
        "pt-BR": "O Google recusa a hora deste computador; acerte o relógio e rode de novo.",
        "en": "Google refuses this machine's time; set its clock right and run again.",
    },
    "google_api_disabled": {
        "pt-BR": "A Google Sheets API não está ativada no projeto {project}; ative-a em "
        "https://console.cloud.google.com/apis/library/sheets.googleapis.com e tente de novo em alguns minutos.",
        "en": "The Google Sheets API is not enabled in the project {project}; enable it at "
        "https://console.cloud.google.com/apis/library/sheets.googleapis.com and try again in some minutes.",
    },
    "google_not_shared": {
        "pt-BR": "O Google não mostra a planilha {key}; confira NUBANK_SPREADSHEET e compartilhe a planilha com {email} "
        "como Editor.",
        "en": "Google does not show the spreadsheet {key}; check NUBANK_SPREADSHEET and share the spreadsheet with "
        "{email} as Editor.",
    },
    "google_read_only": {
        "pt-BR": "A conta {email} só pode ler a planilha {key}; compartilhe-a com essa conta como Editor.",
        "en": "The account {email} may only read the spreadsheet {key}; share it with that account as Editor.",
    },
    "google_no_spreadsheet": {
        "pt-BR": "{key} não é uma planilha do Google, mas um arquivo do Excel no Drive; abra-o, use Arquivo, Salvar como "
        "Planilhas Google, e ponha o endereço da nova em NUBANK_SPREADSHEET.",
        "en": "{key} is no Google spreadsheet but an Excel file in Drive; open it, use File, Save as Google Sheets, and "
        "set NUBANK_SPREADSHEET to the address of the new one.",
    },
    "google_refused": {
        "pt-BR": "O Google Sheets recusou o pedido ({status}): {reason}.",
        "en": "Google Sheets refused what was asked ({status}): {reason}.",
    },
    "google_busy": {
        "pt-BR": "O Google Sheets pede para esperar (429, pedidos demais); rode de novo em alguns minutos.",
        "en": "Google Sheets asks to wait (429, too many requests); run again in some minutes.",
    },
    "google_broken": {
        "pt-BR": "O Google Sheets está com problemas ({status}); rode de novo mais tarde.",
        "en": "Google Sheets has problems ({status}); run again later.",
    },
    "google_garbage": {
        "pt-BR": "O Google Sheets deu uma resposta que não se entende ({status}); rode de novo mais tarde.",
        "en": "Google Sheets gave an answer that cannot be understood ({status}); run again later.",
    },
    "google_unreachable": {
        "pt-BR": "O Google Sheets não respondeu ({error}); confira a conexão e rode de novo.",
        "en": "Google Sheets did not answer ({error}); check the connection and run again.",
    },
    "google_short": {
        "pt-BR": "Liga uma planilha do Google.",
        "en": "Connect a Google spreadsheet.",
    },
    "google_help": {
        "pt-BR": "A conta de serviço do Google que escreve na planilha.",
        "en": "The Google service account that writes to the spreadsheet.",
    },
    "google_connect_help": {
        "pt-BR": "Guarda a chave JSON de uma conta de serviço do Google e diz o que falta fazer.",
        "en": "Keep the JSON key of a Google service account, and say what is left to do.",
    },
    "google_spreadsheet_help": {
        "pt-BR": "Endereço da planilha, como o navegador mostra.",
        "en": "Address of the spreadsheet, as the browser shows it.",
    },
    "google_connected": {
        "pt-BR": "Pronto: a chave da conta {email} está guardada; apague {keyfile}. Faltam dois passos:",
        "en": "Done: the key of the account {email} is kept; delete {keyfile}. Two steps are left:",
    },
    "google_key_overridden": {
        "pt-BR": "Atenção: NUBANK_GOOGLE_SERVICE_ACCOUNT está definida e vale no lugar desta chave; tire-a.",
        "en": "Mind: NUBANK_GOOGLE_SERVICE_ACCOUNT is set and counts instead of this key; unset it.",
    },
    "google_step_share": {
        "pt-BR": "1. No navegador, abra a planilha, clique em Compartilhar e adicione {email} como Editor.",
        "en": "1. In the browser, open the spreadsheet, click Share and add {email} as Editor.",
    },
    "google_step_setting": {
        "pt-BR": "2. Defina NUBANK_SPREADSHEET={key} e NUBANK_DESTINATIONS=workbook,sheets; `nubank doctor` confere.",
        "en": "2. Set NUBANK_SPREADSHEET={key} and NUBANK_DESTINATIONS=workbook,sheets; `nubank doctor` checks it.",
    },
    "google_address": {"pt-BR": "(o endereço da planilha)", "en": "(the spreadsheet's address)"},
    "google_shared": {
        "pt-BR": "A planilha «{title}» responde e está compartilhada com {email}.",
        "en": "The spreadsheet “{title}” answers and is shared with {email}.",
    },
    "google_writable": {
        "pt-BR": "{email} pode escrever na planilha.",
        "en": "{email} may write to the spreadsheet.",
    },
    "google_locale": {
        "pt-BR": "A planilha mostra valores e datas em {locale}, no fuso {zone}.",
        "en": "The spreadsheet shows amounts and dates in {locale}, in the time zone {zone}.",
    },
    "google_locale_other": {
        "pt-BR": "A planilha está em {locale}, no fuso {zone}; a próxima publicação a põe em {wanted}, {wanted_zone}.",
        "en": "The spreadsheet is in {locale}, in the time zone {zone}; the next publishing sets {wanted}, {wanted_zone}.",
    },
}
