"""The sentences about EMR, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

EMR_MESSAGES: Final[dict[str, dict[str, str]]] = {
    "aws_expired": {
        "pt-BR": "As credenciais da AWS expiraram ({error} em {action}); entre de novo (por exemplo, `aws sso login`) "
        "e rode outra vez.",
        "en": "The AWS credentials have expired ({error} at {action}); sign in again (for example `aws sso login`) "
        "and run once more.",
    },
    "emr_refused": {
        "pt-BR": "O EMR recusou {action} em {resource}: {reason}",
        "en": "EMR refused {action} on {resource}: {reason}",
    },
    "emr_cluster_missing": {
        "pt-BR": "Nenhum cluster do EMR chamado {cluster} está no ar; confira NUBANK_EMR_CLUSTER e a região, ou "
        "deixe-a vazia para que cada execução crie o seu.",
        "en": "No EMR cluster named {cluster} is up; check NUBANK_EMR_CLUSTER and the region, or leave it empty and "
        "each run makes its own.",
    },
    "emr_cluster_ambiguous": {
        "pt-BR": "Há mais de um cluster do EMR chamado {cluster} ({ids}); ponha o id de um em NUBANK_EMR_CLUSTER.",
        "en": "More than one EMR cluster is named {cluster} ({ids}); put the id of one into NUBANK_EMR_CLUSTER.",
    },
    "emr_cluster_gone": {
        "pt-BR": "O cluster {cluster} do EMR não aceita mais passos: {reason}.",
        "en": "The EMR cluster {cluster} takes no more steps: {reason}.",
    },
    "emr_cluster_ended": {
        "pt-BR": "o cluster {cluster} terminou: {reason}",
        "en": "the cluster {cluster} ended: {reason}",
    },
    "emr_too_long": {
        "pt-BR": "O passo {step} no {cluster} não terminou em {minutes} minutos e foi cancelado; se precisa de mais, "
        "aumente NUBANK_EMR_TIMEOUT_MINUTES.",
        "en": "The step {step} on {cluster} did not end in {minutes} minutes and was canceled; if it needs more, "
        "raise NUBANK_EMR_TIMEOUT_MINUTES.",
    },
    "emr_log_late": {
        "pt-BR": "(o log ainda não está em {log})",
        "en": "(the log is not in {log} yet)",
    },
    "emr_log_none": {
        "pt-BR": "(o cluster {cluster} não guarda logs no S3)",
        "en": "(the cluster {cluster} keeps no logs in S3)",
    },
    "emr_remote_failure": {
        "pt-BR": "{step}: falhou no EMR ({where}) com {type}: {message}{log}",
        "en": "{step}: failed on EMR ({where}) with {type}: {message}{log}",
    },
    "emr_step_failed": {
        "pt-BR": "{step}: terminou no EMR ({where}) como {state} {reason}{log}",
        "en": "{step}: ended on EMR ({where}) as {state} {reason}{log}",
    },
    "emr_report_lost": {
        "pt-BR": "{step}: terminou bem no EMR ({where}), mas o seu relatório não chegou; o que foi publicado está "
        "inteiro, rode de novo.",
        "en": "{step}: ended well on EMR ({where}), but its report did not arrive; what was published is whole, run "
        "again.",
    },
    "emr_canceled": {
        "pt-BR": "{step}: o passo no EMR ({where}) foi cancelado.",
        "en": "{step}: the step on EMR ({where}) was canceled.",
    },
    "emr_not_canceled": {
        "pt-BR": "{step}: o passo no EMR ({where}) não pôde ser cancelado e talvez continue: {error}",
        "en": "{step}: the step on EMR ({where}) could not be canceled and may go on: {error}",
    },
    "emr_not_released": {
        "pt-BR": "O cluster {cluster} não pôde ser liberado; o EMR o encerra após {minutes} minutos sem uso: {error}",
        "en": "The cluster {cluster} could not be released; EMR ends it after {minutes} idle minutes: {error}",
    },
    "emr_not_cleaned": {
        "pt-BR": "As mensagens em {place} não puderam ser apagadas; a regra do bucket as apaga: {error}",
        "en": "The messages in {place} could not be deleted; the bucket's rule deletes them: {error}",
    },
    "emr_estimate": {
        "pt-BR": "Estimativa por preços de tabela ({as_of}): US$ {hourly} por hora, em geral US$ {usual}, no máximo "
        "US$ {most}.",
        "en": "Estimate by list prices ({as_of}): US$ {hourly} an hour, usually US$ {usual}, at most US$ {most}.",
    },
    "emr_estimate_none": {
        "pt-BR": "Sem estimativa de custo: não há preço de {what} em {region}.",
        "en": "No estimate of the cost: there is no price of {what} in {region}.",
    },
    "emr_estimate_shared": {
        "pt-BR": "O cluster {cluster} já está no ar: o passo não acrescenta máquinas.",
        "en": "The cluster {cluster} is up already: the step adds no machines.",
    },
    "emr_needs_aws": {
        "pt-BR": "NUBANK_ENGINE={engine} precisa de NUBANK_DEPLOYMENT=aws: um cluster só alcança dados no S3.",
        "en": "NUBANK_ENGINE={engine} needs NUBANK_DEPLOYMENT=aws: a cluster only reaches data in S3.",
    },
    "emr_cluster_up": {
        "pt-BR": "Cluster {cluster} do EMR: {state}, {release}",
        "en": "EMR cluster {cluster}: {state}, {release}",
    },
    "emr_cluster_untagged": {
        "pt-BR": "O cluster {cluster} não tem a etiqueta {tag}=true, pela qual vai a política de docs/emr.md.",
        "en": "The cluster {cluster} lacks the tag {tag}=true, by which the policy of docs/emr.md goes.",
    },
    "emr_cluster_made": {
        "pt-BR": "Cada execução cria um cluster do EMR ({nodes} × {instance_type}, {release}) e o encerra",
        "en": "Each run makes an EMR cluster ({nodes} × {instance_type}, {release}) and ends it",
    },
    "emr_release_untried": {
        "pt-BR": "{release} tem outro Spark que não o dos testes (4.1.3, emr-spark-8.2); pode dar certo.",
        "en": "{release} has another Spark than the tests (4.1.3, emr-spark-8.2); it may work.",
    },
    "emr_application_up": {
        "pt-BR": "Aplicação {application} do EMR Serverless: {state}, {release}",
        "en": "EMR Serverless application {application}: {state}, {release}",
    },
}
