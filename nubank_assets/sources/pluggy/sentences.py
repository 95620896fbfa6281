"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "pluggy_keys_refused": {
        "pt-BR": "A Pluggy não aceitou NUBANK_PLUGGY_CLIENT_ID e NUBANK_PLUGGY_CLIENT_SECRET ({status}); nada foi "
        "alterado. Copie os dois de novo em dashboard.pluggy.ai, em Aplicações.",
        "en": "Pluggy did not accept NUBANK_PLUGGY_CLIENT_ID and NUBANK_PLUGGY_CLIENT_SECRET ({status}); nothing was "
        "changed. Copy both again from dashboard.pluggy.ai, Applications.",
    },
    "pluggy_forbidden": {
        "pt-BR": "A Pluggy recusou a leitura ({status}) com uma chave válida; nada foi alterado. O período de teste "
        "pode ter acabado, ou a conexão não é desta aplicação: confira em dashboard.pluggy.ai, conecte o MeuPluggy à "
        "aplicação, ou importe os arquivos exportados com `nubank import`.",
        "en": "Pluggy refused to be read ({status}) with a valid key; nothing was changed. The trial may be over, or "
        "the connection is not this application's: look at dashboard.pluggy.ai, connect MeuPluggy to the application, "
        "or import exported files with `nubank import`.",
    },
    "pluggy_items_missing": {
        "pt-BR": "NUBANK_PLUGGY_ITEMS está vazia; informe nela o id da conexão (item) que dashboard.pluggy.ai mostra.",
        "en": "NUBANK_PLUGGY_ITEMS is empty; put the id of the connection (item) that dashboard.pluggy.ai shows in it.",
    },
    "pluggy_item_wrong": {
        "pt-BR": "NUBANK_PLUGGY_ITEMS: o item número {number} não tem a forma `id` ou `id=nome`, ou está repetido.",
        "en": "NUBANK_PLUGGY_ITEMS: item number {number} is not of the form `id` or `id=name`, or is there twice.",
    },
    "pluggy_item_unknown": {
        "pt-BR": "A Pluggy não conhece a conexão {item} desta aplicação; nada foi alterado. Confira "
        "NUBANK_PLUGGY_ITEMS, ou conecte de novo em MeuPluggy.",
        "en": "Pluggy does not know the connection {item} of this application; nothing was changed. Check "
        "NUBANK_PLUGGY_ITEMS, or connect again in MeuPluggy.",
    },
    "pluggy_item_refused": {
        "pt-BR": "A conexão {item} da Pluggy não tem mais a autorização do Nubank ({status}); nada foi alterado. "
        "Conecte o Nubank de novo em MeuPluggy (meu.pluggy.ai) e renove o consentimento.",
        "en": "The connection {item} of Pluggy is no longer authorised by Nubank ({status}); nothing was changed. "
        "Connect Nubank again in MeuPluggy (meu.pluggy.ai) and renew the consent.",
    },
    "pluggy_item_outdated": {
        "pt-BR": "A conexão {item} da Pluggy não é atualizada desde {day}; nada foi alterado. Atualize-a ou conecte o "
        "Nubank de novo em MeuPluggy (meu.pluggy.ai).",
        "en": "The connection {item} of Pluggy has not been refreshed since {day}; nothing was changed. Refresh it, or "
        "connect Nubank again in MeuPluggy (meu.pluggy.ai).",
    },
    "pluggy_pages_endless": {
        "pt-BR": "A Pluggy respondeu páginas que não acabam; nada foi alterado. Tente mais tarde.",
        "en": "Pluggy answered pages that do not end; nothing was changed. Try later.",
    },
    "pluggy_page_elsewhere": {
        "pt-BR": "A Pluggy apontou para uma página em outro endereço, que não foi seguida; nada foi alterado.",
        "en": "Pluggy pointed to a page at another address, which was not followed; nothing was changed.",
    },
    "pluggy_accounts_same": {
        "pt-BR": "Duas contas da Pluggy teriam o mesmo nome {name}; dê um nome a cada conexão em NUBANK_PLUGGY_ITEMS, "
        "como em `id=maria`.",
        "en": "Two accounts of Pluggy would have the same name {name}; give each connection a name in "
        "NUBANK_PLUGGY_ITEMS, as in `id=maria`.",
    },
}
