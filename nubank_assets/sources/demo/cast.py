"""Who the household deals with: merchants, people, companies. Data only; every name is made up, every CPF and
CNPJ has impossible check digits, and brands appear only the way bills abbreviate them.

Amounts are in reais of 2026. Categories are the ones Nubank itself prints for such merchants.
"""

from dataclasses import dataclass
from typing import Final

from nubank_assets.domain.vocabulary import Category

#: Whose account it is; NUBANK_HOLDER_NAMES of the demo.
HOLDER_NAME: Final = "MARIA DEMONSTRA DA SILVA"
#: Account number, as in file names.
ACCOUNT_NUMBER: Final = "12345678"
#: The uuid an OFX names the card's account by.
CARD_ACCOUNT_ID: Final = "5eedca4d-0000-4000-8000-00000000d330"

ALL_YEAR: Final = tuple(range(1, 13))


@dataclass(frozen=True)
class Habit:
    """A merchant of everyday life: `low` to `high` reais, `least` to `most` times a month."""

    merchant: tuple[str, Category]
    low: int
    high: int
    least: int
    most: int
    weekdays: str = "1234567"
    months: tuple[int, ...] = ALL_YEAR


@dataclass(frozen=True)
class Subscription:
    """The same amount (centavos) on the same day each month; in `dearer_in` (month of a year) it goes up."""

    merchant: tuple[str, Category]
    centavos: int
    day: int
    dearer_in: int | None = None


@dataclass(frozen=True)
class PlannedPurchase:
    """What the household buys in parcels in a month of each year, `low` to `high` reais altogether."""

    merchant: tuple[str, Category]
    month: int
    parcels: int
    low: int
    high: int


EVERYDAY: Final = (
    Habit(("Uber *Trip", Category.TRANSPORTE), 11, 38, 3, 6, "34567"),
    Habit(("99app *99app", Category.TRANSPORTE), 9, 30, 1, 3),
    Habit(("Posto Estrela do Sul", Category.TRANSPORTE), 120, 210, 2, 3),
    Habit(("Estacionamento Central", Category.TRANSPORTE), 12, 28, 0, 2, "567"),
    Habit(("Ifood *Pizzaria Bella", Category.RESTAURANTE), 52, 105, 1, 3, "567"),
    Habit(("Ifood *Sushi da Praca", Category.RESTAURANTE), 70, 140, 0, 1, "56"),
    Habit(("Padaria Pao Quente", Category.RESTAURANTE), 9, 32, 4, 7),
    Habit(("Restaurante Sabor Mineiro", Category.RESTAURANTE), 28, 58, 4, 7, "12345"),
    Habit(("Lanchonete da Esquina", Category.RESTAURANTE), 14, 34, 1, 3, "12345"),
    Habit(("Sorveteria Gelo Bom", Category.RESTAURANTE), 18, 46, 1, 3, "67", (11, 12, 1, 2, 3)),
    Habit(("Mercado Azul", Category.SUPERMERCADO), 90, 260, 3, 4, "67"),
    Habit(("Atacadao Bom Preco", Category.SUPERMERCADO), 240, 430, 1, 1, "6"),
    Habit(("Hortifruti Verde Vale", Category.SUPERMERCADO), 28, 75, 2, 3, "23"),
    Habit(("Supermercado Natal Feliz", Category.SUPERMERCADO), 180, 420, 1, 2, "567", (12,)),
    Habit(("Drogaria Sao Paulo", Category.SAUDE), 18, 95, 1, 2),
    Habit(("Farmacia Bem Estar", Category.SAUDE), 12, 70, 0, 1),
    Habit(("Clinica Sorriso Feliz", Category.SAUDE), 140, 220, 1, 1, "12345", (4, 10)),
    Habit(("Barbearia do Zeca", Category.SERVICOS), 40, 60, 1, 1, "6"),
    Habit(("Lavanderia Espuma Leve", Category.SERVICOS), 35, 70, 0, 1),
    Habit(("Lojas Renascer Modas", Category.VESTUARIO), 70, 190, 0, 1, "67"),
    Habit(("Sapataria Passo Certo", Category.VESTUARIO), 110, 220, 1, 1, "6", (6, 12)),
    Habit(("Casa das Tintas Arco", Category.CASA), 60, 180, 1, 1, "6", (2, 7, 9)),
    Habit(("Pet Shop Amigo Fiel", Category.CASA), 70, 160, 1, 1, "6"),
    Habit(("Cinema Estrela", Category.LAZER), 34, 78, 0, 2, "567"),
    Habit(("Parque Aquatico Onda", Category.LAZER), 120, 240, 1, 1, "67", (1, 7)),
    Habit(("Livraria Pagina Nova", Category.EDUCACAO), 35, 110, 0, 1),
    Habit(("Papelaria Caderno Novo", Category.EDUCACAO), 40, 120, 1, 1, "6", (2, 8)),
    Habit(("Info Eletronicos Bits", Category.ELETRONICOS), 45, 150, 1, 1, "12345", (5, 11)),
    Habit(("Pousada Mar Manso", Category.VIAGEM), 260, 480, 1, 1, "5", (1, 7)),
    Habit(("Floricultura Jasmim", Category.OUTROS), 50, 120, 1, 1, "67", (5, 6, 12)),
    Habit(("Bazar Tem de Tudo", Category.OUTROS), 15, 60, 0, 2),
)

SUBSCRIPTIONS: Final = (
    Subscription(("Netfilmes.Com", Category.SERVICOS), 4490, 14, dearer_in=6),
    Subscription(("Musify Assinatura", Category.SERVICOS), 2190, 18),
    Subscription(("Academia Corpo em Dia", Category.LAZER), 11990, 5),
)

PLANNED: Final = (
    PlannedPurchase(("Material Escolar Abc", Category.EDUCACAO), 1, 4, 380, 620),
    PlannedPurchase(("Magazine Eletro Norte", Category.ELETRONICOS), 3, 10, 1900, 2600),
    PlannedPurchase(("Boutique Dia das Maes", Category.VESTUARIO), 5, 3, 260, 420),
    PlannedPurchase(("Viagem Certa Turismo", Category.VIAGEM), 6, 6, 1500, 2300),
    PlannedPurchase(("Moveis Horizonte Azul", Category.CASA), 8, 12, 1700, 2600),
    PlannedPurchase(("Otica Boa Visao", Category.SAUDE), 10, 5, 480, 780),
    PlannedPurchase(("Celular Center", Category.ELETRONICOS), 11, 12, 2100, 3000),
    PlannedPurchase(("Brinquedos Mundo Magico", Category.OUTROS), 12, 2, 180, 320),
)

#: The planned purchase whose last parcels are paid early.
PAID_EARLY: Final = PLANNED[1]
#: Where two purchases of a day are paid in parcels: equal ones, and others.
TWINS_AT: Final = (("Ingressos Palco Cheio", Category.LAZER), ("Colchoes Sono Manso", Category.CASA))
#: Whose purchases in parcels go back: what was charged, a part, and all at once.
GIVEN_BACK_AT: Final = (
    ("Esportes Folego Novo", Category.LAZER),
    ("Tapetes Fio a Fio", Category.CASA),
    ("Malas Bom Rumo", Category.VIAGEM),
)
FINANCED_AT: Final = ("Loja do Fogao", Category.CASA)
UNDONE_AT: Final = ("Loja Azul", Category.OUTROS)
TOLL: Final = ("Pedagio Via do Litoral", Category.TRANSPORTE)
BAKERY: Final = ("Padaria Pao Quente", Category.RESTAURANTE)
REFUNDED_AT: Final = ("Loja Virtual Vestebem", Category.VESTUARIO)
PARTLY_REFUNDED_AT: Final = ("Mercado Azul", Category.SUPERMERCADO)
ABROAD_MONTHLY: Final = ("Cloudbox.Com", Category.SERVICOS)
ABROAD_TRIP: Final = ("Hotel Buenos Soles", Category.VIAGEM)
DEBIT_AT: Final = (
    ("Padaria Pao Quente", Category.RESTAURANTE),
    ("Feira do Bairro", Category.SUPERMERCADO),
    ("Drogaria Sao Paulo", Category.SAUDE),
)
DEBIT_UNDONE_AT: Final = ("Mercado Azul", Category.SUPERMERCADO)
NUPAY_AT: Final = ("Loja Azul", Category.OUTROS)

_NU: Final = "NU PAGAMENTOS - IP (0260) Agência: 1 Conta:"

EMPLOYER: Final = (
    "EMPRESA DEMONSTRA TECNOLOGIA LTDA - 12.345.678/0001-00 - ITAÚ UNIBANCO S.A. (0341) Agência: 1640 Conta: 64070-0"
)
LANDLORD: Final = (
    "IMOBILIARIA LAR FICTICIO S/A - 23.456.789/0001-00 - BCO DO BRASIL S.A. (0001) Agência: 3210 Conta: 22247-0"
)
CLEANER: Final = f"JOSEFA FICTICIA DOS SANTOS 12345678900 - 34.567.890/0001-00 - {_NU} 7654321-0"
FRIENDS: Final = (
    f"JOAO INVENTADO PEREIRA - •••.123.456-•• - {_NU} 1357924-6",
    "ANA FICTICIA SOUZA - •••.234.567-•• - EFÍ S.A. - IP (0364) Agência: 1 Conta: 246801-3",
    "PEDRO IMAGINARIO LIMA - •••.345.678-•• - COOPERATIVA Agência: 100 Conta: 10000-0",
)
NUBANK_FRIEND: Final = f"Ana Ficticia Souza - •••.234.567-•• - {_NU} 8642097-5"
SHOP_BY_PIX: Final = f"LOJA FICTICIA DE TESTE - ME LTDA - 45.678.901/0001-00 - {_NU} 5555555-5"
OWN_ELSEWHERE: Final = f"{HOLDER_NAME} - •••.123.456-•• - BANCO FICTICIO S.A. (0999) Agência: 1 Conta: 98765-4"
CREDIT_PERSON: Final = "CARLOS FICTICIO ALVES"
CREDIT_PERSON_ACCOUNT: Final = f"{CREDIT_PERSON} - •••.456.789-•• - {_NU} 4444444-4"

#: Payee, category, `low` to `high` reais, day of the month.
BOLETOS: Final = (
    ("CONDOMINIO EDIFICIO JARDIM FICTICIO", Category.CASA, 540, 590, 8),
    ("ENERGIA FICTICIA DISTRIBUIDORA", Category.CASA, 150, 260, 12),
    ("FIBRA VELOZ INTERNET LTDA", Category.SERVICOS, 119, 119, 15),
    ("COLEGIO MUNDO IMAGINARIO", Category.EDUCACAO, 880, 880, 7),
)
