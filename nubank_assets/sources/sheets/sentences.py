"""The sentences about what a person writes into the spreadsheet, in both languages."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "sheets_worksheet_gone": {
        "pt-BR": "A aba {title} não está mais na planilha, perdeu o cabeçalho, ou foi recriada vazia; o que se leu dela "
        "antes continua valendo. Para desfazer tudo o que ela dizia, apague as linhas, não a aba.",
        "en": "The worksheet {title} is no longer in the spreadsheet, lost its header, or was made anew and is empty; what "
        "was read of it before still counts. To take back all that it said, delete its rows, not the worksheet.",
    },
    "sheets_corrections_name": {"pt-BR": "aba Correções", "en": "worksheet Corrections"},
    "sheets_stated_name": {
        "pt-BR": "aba Saldos e limites: {account}",
        "en": "worksheet Balances and limits: {account}",
    },
}
