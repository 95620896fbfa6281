"""The sentences about the report in Data Studio, in both languages. ``messages.py`` picks one and fills it.

What is clicked has the name that Google's page gives it in that language.
"""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "report_short": {
        "pt-BR": "Mostra o link que cria o relatório no Data Studio.",
        "en": "Print the link that makes the report in Data Studio.",
    },
    "report_help": {
        "pt-BR": "Mostra o link que cria o relatório no Data Studio (Looker Studio) sobre as abas da sua planilha do "
        "Google, e como terminá-lo. O relatório é criado uma vez e depois se atualiza com a planilha.",
        "en": "Print the link that makes the report in Data Studio (Looker Studio) over the worksheets of your Google "
        "spreadsheet, and how to finish it. The report is made once and then follows the spreadsheet.",
    },
    "report_open_help": {"pt-BR": "Abre o link no navegador.", "en": "Open the link in the browser."},
    "report_name": {"pt-BR": "Relatório Conta Nubank", "en": "Nubank account report"},
    "report_not_published": {
        "pt-BR": "A planilha ainda não tem a aba {sheet}; ponha `sheets` em NUBANK_DESTINATIONS e rode `nubank run` antes.",
        "en": "The spreadsheet has no worksheet {sheet} yet; put `sheets` in NUBANK_DESTINATIONS and use `nubank run` first.",
    },
    "report_no_browser": {
        "pt-BR": "O navegador não pôde ser aberto; copie o link.",
        "en": "The browser could not be opened; copy the link.",
    },
    "report_template": {
        "pt-BR": "O link copia o modelo {template} com as abas da sua planilha. Confira os valores e clique em "
        "Editar e compartilhar para salvar a cópia.",
        "en": "The link copies the template {template} with your spreadsheet's worksheets. Look at the figures and click "
        "Edit and share to save the copy.",
    },
    "report_blank": {
        "pt-BR": "Sem um modelo (NUBANK_REPORT_TEMPLATE_ID), o relatório começa em branco: o Google não deixa um programa "
        "criar gráficos nele. Assim ele se faz em uns quinze minutos, uma vez só:",
        "en": "Without a template (NUBANK_REPORT_TEMPLATE_ID) the report starts blank: Google lets no program make charts "
        "in it. This makes it in some fifteen minutes, once:",
    },
    "report_guide_begin": {
        "pt-BR": "1. Abra o link. Em Tema e layout > Personalizar, use {last} como cor principal. Para a faixa do alto, "
        "Inserir > Retângulo; em Estilo, cor de preenchimento com gradiente de {first} a {last}, e sobre ela um texto com "
        "o nome do relatório.",
        "en": "1. Open the link. In Theme and layout > Customize, use {last} as the primary color. For the band at the top, "
        "Insert > Rectangle; in Style, a gradient fill from {first} to {last}, and over it a text with the report's name.",
    },
    "report_guide_sources": {
        "pt-BR": "2. Adicionar dados > Planilhas Google. Escolha a planilha e a página (a aba), deixe marcado Usar a primeira "
        "linha como cabeçalhos e clique em Adicionar. Uma vez para cada aba:",
        "en": "2. Add data > Google Sheets. Choose the spreadsheet and the worksheet, leave Use first row as headers ticked "
        "and click Add. Once for each worksheet:",
    },
    "report_guide_balance": {
        "pt-BR": "   Em Recurso > Gerenciar fontes de dados adicionadas > {sheet} > Editar, mude o tipo de {day} para Texto: "
        "assim o saldo aparece qualquer que seja o período. Nas outras fontes, confira que as datas têm o tipo Data e os "
        "valores, Moeda (BRL), com a agregação Soma.",
        "en": "   In Resource > Manage added data sources > {sheet} > Edit, change the type of {day} to Text: so the balance "
        "shows whatever dates are chosen. In the other sources, see that dates have the type Date, and amounts Currency "
        "(BRL) with the aggregation Sum.",
    },
    "report_step": {
        "pt-BR": "{title}: Adicionar um gráfico > {kind}. Em Configuração:\n"
        "   Fonte de dados: {sheet}\n   Dimensão do período: {date}",
        "en": "{title}: Add a chart > {kind}. In Setup:\n   Data source: {sheet}\n   Date range dimension: {date}",
    },
    "report_month": {
        "pt-BR": "Dimensão: {column}, e no ícone de calendário à sua esquerda o tipo Ano e mês",
        "en": "Dimension: {column}, and in the calendar icon to its left the type Year Month",
    },
    "report_metric": {"pt-BR": "Métrica: {metrics}", "en": "Metric: {metrics}"},
    "report_renamed": {
        "pt-BR": "Nome da métrica (no lápis à sua esquerda): {title}",
        "en": "Name of the metric (in the pencil to its left): {title}",
    },
    "report_most": {"pt-BR": "Em Estilo, número de barras: {most}", "en": "In Style, number of bars: {most}"},
    "report_sum": {"pt-BR": "{column} (Soma)", "en": "{column} (Sum)"},
    "report_no_date": {
        "pt-BR": "nenhuma (se houver uma, remova-a com o X)",
        "en": "none (if there is one, remove it with the X)",
    },
    "report_dimension": {"pt-BR": "Dimensão: {column}", "en": "Dimension: {column}"},
    "report_sort": {"pt-BR": "Classificar: {column}, {way}", "en": "Sort: {column}, {way}"},
    "report_ascending": {"pt-BR": "Crescente", "en": "Ascending"},
    "report_descending": {"pt-BR": "Decrescente", "en": "Descending"},
    "report_colors": {"pt-BR": "Em Estilo, cores: {colors}", "en": "In Style, colors: {colors}"},
    "report_kind_scorecard": {"pt-BR": "Visão geral", "en": "Scorecard"},
    "report_kind_line": {
        "pt-BR": "Gráfico de série temporal (na largura da página)",
        "en": "Time series chart (as wide as the page)",
    },
    "report_kind_bars": {"pt-BR": "Gráfico de barras", "en": "Bar chart"},
    "report_kind_columns": {"pt-BR": "Gráfico de colunas", "en": "Column chart"},
    "report_guide_end": {
        "pt-BR": "{number}. Adicionar um controle > Controle de período, no alto à direita. Em Configuração, Período padrão: "
        "Personalizado > Este ano. Escolha sempre meses inteiros: as colunas por mês ficam no primeiro dia do mês.\n"
        "Nenhum campo calculado é necessário. Tudo conta no dia da compra ou do movimento, em todos os gráficos.",
        "en": "{number}. Add a control > Date range control, at the top right. In Setup, Default date range: Custom > This "
        "year. Always choose whole months: the columns by month stand on the first day of the month.\n"
        "No calculated field is needed. Everything counts on the day of the purchase or movement, in all charts.",
    },
    "sheet_intro_account_proofs": {
        "pt-BR": "Saldo inicial, o que entrou, o que saiu, saldo final. Se difere, falta ou sobra um movimento nesses dias.",
        "en": "Opening balance, what came in, what went out, closing balance. Where it differs, a movement of these days "
        "is missing or too much.",
    },
    "sheet_no_account_proofs": {"pt-BR": "nenhum movimento de conta ainda", "en": "no movement of an account yet"},
    "sheet_intro_coverage": {
        "pt-BR": "O que os documentos cobrem. Falta: exporte do app o extrato desses dias, ou as faturas desses meses, e "
        "importe. Repetido: vários documentos dizem o mesmo, e cada linha conta uma vez.",
        "en": "What documents cover. Missing: export the statement of these days, or the bills of these months, from the "
        "app and import them. Overlap: several documents say the same, and each line counts once.",
    },
    "sheet_no_coverage": {"pt-BR": "nenhum documento ainda", "en": "no document yet"},
}
