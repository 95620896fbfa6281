"""The texts of the page about proofs, in both languages; part of ``sentences.py``."""

from typing import Final

TEXTS: Final[dict[str, dict[str, str]]] = {
    "proofs": {"pt-BR": "Faturas conferidas", "en": "Bills proven"},
    "proofs.says": {
        "pt-BR": "A soma das linhas de cada fatura contra o total que o banco informa, e o que a pagou; não depende do período escolhido.",
        "en": "What the lines of each bill add up to against the total that its issuer states, and what paid it; the chosen period does not change it.",
    },
    "proofs.none": {"pt-BR": "Nenhuma fatura fechada ainda.", "en": "No closed bill yet."},
    "proofs.newest": {
        "pt-BR": "A última fatura que fechou, {bill}: conferência: {proof}; pagamento: {settlement}. De todas: {proven} conferidas, {unstated} sem total informado, {differs} diferentes.",
        "en": "The last bill that closed, {bill}: proof: {proof}; payment: {settlement}. Of all: {proven} proven, {unstated} without a stated total, {differs} different.",
    },
    "proofs.differs": {
        "pt-BR": "A fatura de {bill} difere em {amount} do total informado: {cause}.",
        "en": "The bill of {bill} differs by {amount} from its stated total: {cause}.",
    },
    "proofs.account": {
        "pt-BR": "A conta {account} difere em {amount} entre {first} e {last}: falta ou sobra um movimento.",
        "en": "The account {account} differs by {amount} between {first} and {last}: a movement is missing or too much.",
    },
    "proofs.gap.account": {
        "pt-BR": "Falta o extrato de {first} a {last} ({account}): exporte-o do app e importe-o.",
        "en": "The statement from {first} to {last} is missing ({account}): export it from the app and import it.",
    },
    "proofs.gap.bill": {
        "pt-BR": "Falta a fatura de {first} ({account}): exporte-a do app e importe-a.",
        "en": "The bill of {first} is missing ({account}): export it from the app and import it.",
    },
    "proofs.gap.bills": {
        "pt-BR": "Faltam as faturas de {first} a {last} ({account}): exporte-as do app e importe-as.",
        "en": "The bills from {first} to {last} are missing ({account}): export them from the app and import them.",
    },
    "proofs.bill": {"pt-BR": "Fatura", "en": "Bill"},
    "proofs.total": {"pt-BR": "Total", "en": "Total"},
    "proofs.stated": {"pt-BR": "Informado", "en": "Stated"},
    "proofs.difference": {"pt-BR": "Diferença", "en": "Difference"},
    "proofs.proof": {"pt-BR": "Conferência", "en": "Proof"},
    "proofs.paid": {"pt-BR": "Pago", "en": "Paid"},
    "proofs.settlement": {"pt-BR": "Pagamento", "en": "Payment"},
}
