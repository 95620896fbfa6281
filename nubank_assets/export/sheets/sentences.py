"""The sentences about publishing to Google Sheets, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "sheets_protected": {
        "pt-BR": "O nubank_assets escreve nestas colunas; o que for mudado aqui se perde. As suas colunas ficam à direita.",
        "en": "nubank_assets writes these columns; what is changed here is lost. Columns of your own go to the right.",
    },
    "sheets_answers_protected": {
        "pt-BR": "O nubank_assets responde aqui, linha por linha; o que for mudado nesta coluna se perde.",
        "en": "nubank_assets answers here, row by row; what is changed in this column is lost.",
    },
    "sheets_too_many_cells": {
        "pt-BR": "A planilha teria {cells} células, e o Google Sheets não passa de {most}; nada foi escrito. Apague abas "
        "ou colunas vazias, ou use outra planilha em NUBANK_SPREADSHEET, ou tire `sheets` de NUBANK_DESTINATIONS.",
        "en": "The spreadsheet would have {cells} cells, and Google Sheets holds {most}; nothing was written. Delete "
        "worksheets or empty columns, or use another spreadsheet in NUBANK_SPREADSHEET, or take `sheets` out of "
        "NUBANK_DESTINATIONS.",
    },
    "sheets_title_taken": {
        "pt-BR": "A aba {title} da planilha é sua e foi deixada como está; a do nubank_assets se chama {other}.",
        "en": "The spreadsheet's worksheet {title} is yours and was left as it is; that of nubank_assets is called {other}.",
    },
    "sheets_columns_moved": {
        "pt-BR": "Aba {title}: as suas colunas que estavam à esquerda ou no meio foram levadas para a direita.",
        "en": "Worksheet {title}: columns of yours that were on the left or in between were moved to the right.",
    },
}
