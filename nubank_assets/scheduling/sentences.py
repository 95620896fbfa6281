"""The sentences of this package, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    "schedule_short": {"pt-BR": "Execução diária automática.", "en": "The automatic daily run."},
    "schedule_help": {
        "pt-BR": "Execução diária automática: instala, remove e mostra um `nubank run` por dia neste computador.",
        "en": "The automatic daily run: install, remove and show one `nubank run` a day on this computer.",
    },
    "schedule_install_help": {
        "pt-BR": "Instala uma execução por dia, com as configurações de agora.\n\n"
        "Um dia em que o computador estava desligado ou dormindo é recuperado. Instalar de novo substitui.",
        "en": "Install one run a day, with the settings of now.\n\n"
        "A day on which the computer was off or asleep is caught up. Installing again replaces.",
    },
    "schedule_at_help": {"pt-BR": "Hora do dia, HH:MM.", "en": "Time of day, HH:MM."},
    "schedule_remove_help": {"pt-BR": "Remove a execução diária.", "en": "Remove the daily run."},
    "schedule_status_help": {
        "pt-BR": "Diz se está instalada, quando será a próxima e como foi a última.",
        "en": "Say whether it is installed, when the next is and how the last one went.",
    },
    "schedule_time_wrong": {
        "pt-BR": "{value!r} não é uma hora do dia; use HH:MM, como em 08:00.",
        "en": "{value!r} is not a time of day; use HH:MM, as in 08:00.",
    },
    "schedule_path_unusable": {
        "pt-BR": "{path}: este caminho tem caracteres que um agendamento não aceita; use outra pasta.",
        "en": "{path}: this path has characters that no schedule can carry; use another folder.",
    },
    "schedule_plan_broken": {
        "pt-BR": "{path}: o agendamento está danificado; rode de novo `nubank schedule install`.",
        "en": "{path}: the schedule is damaged; use `nubank schedule install` again.",
    },
    "schedule_no_plan": {
        "pt-BR": "{home}: não há execução diária para esta pasta; rode `nubank schedule install`.",
        "en": "{home}: there is no daily run for this folder; use `nubank schedule install`.",
    },
    "schedule_keeps_secret": {
        "pt-BR": "{variable} está só neste terminal; fica guardada em {folder}, que só você pode ler, para a execução "
        "diária.",
        "en": "{variable} is in this terminal only; it is kept in {folder}, which you alone can read, for the daily run.",
    },
    "schedule_lacks_login": {
        "pt-BR": "Atenção: a execução diária não vai entrar no Nubank, porque nenhum login está guardado (a senha nunca "
        "é guardada); rode `nubank login`.",
        "en": "Mind: the daily run cannot log in to Nubank, because no login is kept (a password never is); use "
        "`nubank login`.",
    },
    "schedule_no_scheduler": {
        "pt-BR": "Este sistema não tem um agendador que o nubank conheça (no Linux, systemd com sessão do usuário). "
        "Rode `crontab -e` e acrescente esta linha:\n{line}",
        "en": "This system has no scheduler that nubank knows (on Linux, systemd with a user session). "
        "Use `crontab -e` and add this line:\n{line}",
    },
    "schedule_refused": {
        "pt-BR": "{program} não aceitou a execução diária ({reason}); nada ficou instalado.",
        "en": "{program} did not accept the daily run ({reason}); nothing is installed.",
    },
    "schedule_installed": {
        "pt-BR": "Execução diária instalada: todo dia às {at}, com os dados em {home}. Se mudar uma configuração "
        "NUBANK_*, instale de novo.",
        "en": "The daily run is installed: every day at {at}, with the data in {home}. After changing a NUBANK_* "
        "setting, install it again.",
    },
    "schedule_removed": {
        "pt-BR": "Não há mais execução diária. O registro das que houve, se houve, continua em {log}.",
        "en": "There is no daily run any more. The log of past ones, if any, stays at {log}.",
    },
    "schedule_remove_line": {
        "pt-BR": "Se você acrescentou a linha ao crontab, apague-a com `crontab -e`; ela termina em {home}.",
        "en": "If you added the line to your crontab, delete it with `crontab -e`; it ends in {home}.",
    },
    "schedule_absent": {
        "pt-BR": "Não há execução diária; para ter uma, rode `nubank schedule install`.",
        "en": "There is no daily run; to have one, use `nubank schedule install`.",
    },
    "schedule_active": {"pt-BR": "Execução diária às {at}.", "en": "Daily run at {at}."},
    "schedule_active_next": {
        "pt-BR": "Execução diária às {at}; a próxima: {next}.",
        "en": "Daily run at {at}; the next one: {next}.",
    },
    "schedule_inactive": {
        "pt-BR": "A execução diária às {at} não está mais ativa no sistema; rode de novo `nubank schedule install`.",
        "en": "The daily run at {at} is no longer active in the system; use `nubank schedule install` again.",
    },
    "schedule_by_crontab": {
        "pt-BR": "Execução diária às {at}, se a linha está no seu crontab (este sistema não tem outro agendador); "
        "`nubank schedule install` mostra a linha.",
        "en": "Daily run at {at}, if the line is in your crontab (this system has no other scheduler); "
        "`nubank schedule install` shows the line.",
    },
    "schedule_python_gone": {
        "pt-BR": "A execução diária não vai funcionar: {python} não existe mais; rode de novo `nubank schedule install`.",
        "en": "The daily run will not work: {python} is gone; use `nubank schedule install` again.",
    },
    "schedule_never_ran": {
        "pt-BR": "A execução diária ainda não rodou.",
        "en": "The daily run has not run yet.",
    },
    "schedule_run_open": {
        "pt-BR": "A última execução diária começou em {started} e ainda roda, ou foi cortada: {log}",
        "en": "The last daily run started at {started} and still runs, or was cut off: {log}",
    },
    "schedule_run_succeeded": {
        "pt-BR": "A última execução diária deu certo: de {started} a {ended}: {log}",
        "en": "The last daily run succeeded: from {started} to {ended}: {log}",
    },
    "schedule_run_failed": {
        "pt-BR": "A última execução diária falhou (código {code}): de {started} a {ended}; veja por que em {log}",
        "en": "The last daily run failed (code {code}): from {started} to {ended}; see why in {log}",
    },
    "schedule_run_timed_out": {
        "pt-BR": "A última execução diária demorou demais e foi encerrada: de {started} a {ended}; veja {log}",
        "en": "The last daily run took too long and was ended: from {started} to {ended}; see {log}",
    },
    "schedule_took_too_long": {
        "pt-BR": "A execução passou de {hours:.3g} h e foi encerrada.",
        "en": "The run took over {hours:.3g} h and was ended.",
    },
    "schedule_exit": {
        "pt-BR": "nubank run terminou com o código {code}.",
        "en": "nubank run ended with the code {code}.",
    },
}
