"""Words of made-up titles: brands that the category rules know and brands that they do not, places, names of persons."""

from typing import Final

BRANDS: Final = """
Uber *Trip|99App *99App|Ifood *Ifood|Mercado Livre|Amazon Marketplace|Shopee *Loja|Padaria Pão Quente|Supermercado Extra
Carrefour|Pão de Açúcar|Posto Ipiranga|Posto Shell|Drogasil|Droga Raia|Farmácia Pague Menos|Netflix.com|Spotify
Smart Fit|Cinemark|Livraria Cultura|Kalunga|Renner|Riachuelo|C&A Modas|Casas Bahia|Leroy Merlin|Tok&Stok|Petz
Hotel Ibis|Latam Airlines|Decolar|Airbnb|Claro Flex|Vivo Fixa|Enel Distribuição|Sabesp|Colégio Objetivo|Udemy
Boteco do Zé|Bar da Esquina|Restaurante Sabor & Arte|Churrascaria Gaúcha|Açaí da Praça|Pizzaria Bella|Loja da Maria
Comercial Silva Ltda|JM Serviços ME|Ótica Visão|Salão Beleza Pura|Oficina do João|Mp *Feira Livre|Pag*Ambulante
Pg *Tom da Terra|Ec *Loja Azul|Dl*Google Youtub|Apple.com/Bill|Papelaria  Central|Banca  do Centro
"""
PLACES: Final = (
    "São Paulo|Centro|Vila Mariana|Rio|BH Savassi|Curitiba|Boa Viagem|Campinas|Goiânia|Niterói|Online|Filial"
)
GIVEN: Final = "ANA|JOÃO|MARIA|JOSÉ|Luíza|Antônio|FRANCISCA|CARLOS|ADRIANA|PAULO|Inês|Márcio|BEATRIZ|TIAGO|Conceição"
FAMILY: Final = "SILVA|Souza|OLIVEIRA|Araújo|PEREIRA|Gonçalves|COSTA|Magalhães|RIBEIRO|DE ASSIS|Simões|DOS SANTOS|Melo"


def _list(words: str) -> list[str]:
    return [word.strip() for line in words.strip().splitlines() for word in line.split("|")]


WORDS: Final = {
    "brands": _list(BRANDS),
    "places": _list(PLACES),
    "given": _list(GIVEN),
    "family": _list(FAMILY),
}
