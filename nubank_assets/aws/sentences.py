"""The sentences about AWS, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

from nubank_assets.aws.athena_sentences import ATHENA_MESSAGES
from nubank_assets.aws.emr_sentences import EMR_MESSAGES

MESSAGES: Final[dict[str, dict[str, str]]] = {
    **ATHENA_MESSAGES,
    **EMR_MESSAGES,
    "aws_denied": {
        "pt-BR": "A AWS negou {action} em {resource}; dê essa permissão a estas credenciais.",
        "en": "AWS denied {action} on {resource}; give these credentials that permission.",
    },
    "aws_missing": {
        "pt-BR": "{resource} não existe na AWS ({action}); confira o nome, a conta e a região.",
        "en": "{resource} does not exist in AWS ({action}); check its name, the account and the region.",
    },
    "aws_no_credentials": {
        "pt-BR": "Não há credenciais da AWS; configure-as com `aws configure` ou AWS_PROFILE.",
        "en": "There are no AWS credentials; set them up by `aws configure` or AWS_PROFILE.",
    },
    "aws_no_region": {
        "pt-BR": "Falta a região da AWS; informe AWS_REGION.",
        "en": "The AWS region is missing; set AWS_REGION.",
    },
    "aws_unreachable": {
        "pt-BR": "A AWS não respondeu a {action} ({error}); tente mais tarde.",
        "en": "AWS did not answer {action} ({error}); try later.",
    },
    "aws_busy": {
        "pt-BR": "A AWS recusou {action} em {resource} por enquanto ({error}); tente mais tarde.",
        "en": "AWS refused {action} on {resource} for now ({error}); try later.",
    },
    "aws_wrong": {
        "pt-BR": "A AWS recusou {action} em {resource}: {error}.",
        "en": "AWS refused {action} on {resource}: {error}.",
    },
    "secrets_missing": {
        "pt-BR": "Falta o segredo {secret} no Secrets Manager; crie-o com `aws secretsmanager create-secret --name "
        "{secret} --secret-string file://ARQUIVO` (o certificado e o token do Nubank, com `nubank login`).",
        "en": "The secret {secret} is missing in Secrets Manager; create it by `aws secretsmanager create-secret --name "
        "{secret} --secret-string file://FILE` (Nubank's certificate and token by `nubank login`).",
    },
    "secrets_all_wrong": {
        "pt-BR": "O segredo {secret} deve ser um objeto JSON com um texto para cada nome, como "
        '{{"pluggy_client_id": "…"}}; corrija-o com `aws secretsmanager put-secret-value`.',
        "en": "The secret {secret} must be a JSON object with a text for each name, such as "
        '{{"pluggy_client_id": "…"}}; correct it by `aws secretsmanager put-secret-value`.',
    },
    "secrets_deleted": {
        "pt-BR": "O segredo {secret} está marcado para ser apagado no Secrets Manager; recupere-o com `aws "
        "secretsmanager restore-secret --secret-id {secret}`.",
        "en": "The secret {secret} is marked for deletion in Secrets Manager; bring it back by `aws secretsmanager "
        "restore-secret --secret-id {secret}`.",
    },
    "secrets_kms": {
        "pt-BR": "A chave do KMS do segredo {secret} recusou estas credenciais; dê a elas kms:Decrypt e "
        "kms:GenerateDataKey nessa chave.",
        "en": "The KMS key of the secret {secret} refused these credentials; give them kms:Decrypt and "
        "kms:GenerateDataKey on that key.",
    },
    "glue_contradiction": {
        "pt-BR": "Tabela {table}, coluna {column}: o Glue tem {found}, a declaração diz {declared}; se a declaração "
        "está certa, apague a tabela no Glue (os dados ficam no S3) e rode de novo.",
        "en": "Table {table}, column {column}: Glue has {found}, the declaration says {declared}; if the declaration "
        "is right, delete the table in Glue (the data stays in S3) and run again.",
    },
    "glue_not_nullable": {
        "pt-BR": "Tabela {table}: a coluna nova {column} ({declared}) não aceita vazio, e os meses publicados não a "
        "têm; declare-a como opcional, ou apague a tabela no Glue (os dados ficam no S3) e refaça todos os meses.",
        "en": "Table {table}: the new column {column} ({declared}) may not be empty, and published months lack it; "
        "declare it nullable, or delete the table in Glue (the data stays in S3) and run all months again.",
    },
    "secrets_login_done": {
        "pt-BR": "Pronto: o certificado e o token estão no AWS Secrets Manager ({prefix}*); CPF e senha não foram "
        "guardados. Agora defina NUBANK_SOURCES=pynubank e rode `nubank run`.",
        "en": "Done: the certificate and the token are in AWS Secrets Manager ({prefix}*); CPF and password were not "
        "kept. Now set NUBANK_SOURCES=pynubank and run `nubank run`.",
    },
    "s3_not_encrypted": {
        "pt-BR": "{endpoint} não é https; os dados só vão para a AWS cifrados (http só vale para 127.0.0.1).",
        "en": "{endpoint} is not https; data goes to AWS only encrypted (http is for 127.0.0.1 alone).",
    },
    "glue_partition_contradiction": {
        "pt-BR": "Partição {entry}, coluna {column}: o Glue tem {found}, a declaração diz {declared}; a próxima "
        "atualização do catálogo corrige.",
        "en": "Partition {entry}, column {column}: Glue has {found}, the declaration says {declared}; the next update "
        "of the catalog mends it.",
    },
    "glue_elsewhere": {
        "pt-BR": "{entry}: o Glue aponta para {found}, os dados estão em {wanted}; a próxima atualização do catálogo "
        "corrige.",
        "en": "{entry}: Glue points to {found}, the data is at {wanted}; the next update of the catalog mends it.",
    },
    "glue_described_otherwise": {
        "pt-BR": "{entry}: a descrição, os comentários ou os parâmetros no Glue não são os da declaração; a próxima "
        "atualização do catálogo corrige.",
        "en": "{entry}: its description, comments or parameters in Glue are not those of the declaration; the next "
        "update of the catalog mends it.",
    },
    "glue_table_missing": {
        "pt-BR": "A tabela {table} ainda não está no banco {database} do Glue; a próxima atualização do catálogo a cria.",
        "en": "The table {table} is not in Glue's database {database} yet; the next update of the catalog makes it.",
    },
    "glue_month_missing": {
        "pt-BR": "{table} {month} ainda não está no Glue; a próxima atualização do catálogo o mostra.",
        "en": "{table} {month} is not in Glue yet; the next update of the catalog shows it.",
    },
    "glue_crawler_role_missing": {
        "pt-BR": "O crawler {crawler} não existe no Glue; crie-o com deploy/aws ou informe em "
        "NUBANK_GLUE_CRAWLER_ROLE o papel do IAM com que ele lê o bucket, ou deixe NUBANK_GLUE_CRAWLER vazio.",
        "en": "The crawler {crawler} does not exist in Glue; make it by deploy/aws, or set in NUBANK_GLUE_CRAWLER_ROLE "
        "the IAM role by which it reads the bucket, or leave NUBANK_GLUE_CRAWLER empty.",
    },
    "glue_crawl_failed": {
        "pt-BR": "O crawler {crawler} do Glue falhou: {reason}. Veja o log {log} no CloudWatch.",
        "en": "Glue's crawler {crawler} failed: {reason}. See the log {log} in CloudWatch.",
    },
    "glue_crawl_canceled": {
        "pt-BR": "O crawler {crawler} do Glue foi interrompido antes do fim; ele roda de novo com os próximos dados.",
        "en": "Glue's crawler {crawler} was stopped before its end; it runs again with the next data.",
    },
    "glue_crawl_stuck": {
        "pt-BR": "O crawler {crawler} do Glue não terminou em {minutes} minutos; veja-o no console e pare-o se preciso.",
        "en": "Glue's crawler {crawler} did not end within {minutes} minutes; look at it in the console, and stop it if need be.",
    },
    "glue_crawl_disagrees": {
        "pt-BR": "Depois do crawler {crawler}, o catálogo não concorda com as declarações:\n{differences}",
        "en": "After the crawler {crawler}, the catalog does not agree with the declarations:\n{differences}",
    },
    "glue_crawler_configured_otherwise": {
        "pt-BR": "O crawler {crawler} tem outra configuração e poderia trocar tipos e comentários; a próxima execução "
        "a corrige.",
        "en": "The crawler {crawler} is configured otherwise and might change types and comments; its next start mends "
        "that.",
    },
    "glue_crawler_coming": {
        "pt-BR": "Glue: o crawler {crawler} ainda não existe; o sensor o cria quando houver dados.",
        "en": "Glue: the crawler {crawler} does not exist yet; the sensor makes it when there is data.",
    },
    "glue_crawler_right": {
        "pt-BR": "Glue: o crawler {crawler} mantém os tipos e comentários declarados.",
        "en": "Glue: the crawler {crawler} keeps the declared types and comments.",
    },
    "glue_catalog_right": {
        "pt-BR": "Glue: as {tables} tabelas do banco {database} são como declaradas.",
        "en": "Glue: the {tables} tables of the database {database} are as declared.",
    },
    "glue_tables_waiting": {
        "pt-BR": "Glue: {waiting} tabelas ou meses ainda não estão no banco {database}; a próxima execução os cria.",
        "en": "Glue: {waiting} tables or months are not in the database {database} yet; the next run makes them.",
    },
    "glue_database_missing": {
        "pt-BR": "Glue: o banco {database} ainda não existe; a próxima execução o cria.",
        "en": "Glue: the database {database} does not exist yet; the next run makes it.",
    },
    "sns_kms": {
        "pt-BR": "A chave do KMS do tópico {topic} recusou estas credenciais; dê a elas kms:GenerateDataKey e "
        "kms:Decrypt nessa chave.",
        "en": "The KMS key of the topic {topic} refused these credentials; give them kms:GenerateDataKey and "
        "kms:Decrypt on that key.",
    },
    "sns_no_subscription": {
        "pt-BR": "O tópico {topic} não tem assinatura confirmada, e ninguém recebe os avisos; assine-o com `aws sns "
        "subscribe --topic-arn {topic} --protocol email --notification-endpoint VOCE@EXEMPLO.COM` e confirme pelo "
        "e-mail que chega ({pending} a confirmar).",
        "en": "The topic {topic} has no confirmed subscription, and nobody receives the notifications; subscribe by "
        "`aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint YOU@EXAMPLE.COM` and confirm "
        "by the e-mail that arrives ({pending} to be confirmed).",
    },
    "sns_subscribed": {
        "pt-BR": "O tópico {topic} existe e tem {confirmed} assinaturas confirmadas.",
        "en": "The topic {topic} exists and has {confirmed} confirmed subscriptions.",
    },
    "sns_permissions": {
        "pt-BR": "Para avisar, estas credenciais precisam de sns:Publish em {topic}; sem enviar, isso não se verifica.",
        "en": "To notify, these credentials need sns:Publish on {topic}; that cannot be verified without sending.",
    },
    "secrets_there": {
        "pt-BR": "Segredos no Secrets Manager: {names}.",
        "en": "Secrets in Secrets Manager: {names}.",
    },
    "secrets_none": {
        "pt-BR": "Nenhum segredo no Secrets Manager começa com {prefix}.",
        "en": "No secret in Secrets Manager begins with {prefix}.",
    },
    "s3_listed": {
        "pt-BR": "{root} responde, e estas credenciais podem listá-lo.",
        "en": "{root} answers, and these credentials may list it.",
    },
    "s3_written": {
        "pt-BR": "Pode-se gravar e ler ali, e um documento gravado não é sobrescrito.",
        "en": "It can be written and read, and a document that is there is not overwritten.",
    },
    "s3_lost": {
        "pt-BR": "O que foi gravado em {object} não voltou igual; não use este bucket.",
        "en": "What was written to {object} did not come back the same; do not use this bucket.",
    },
    "s3_not_conditional": {
        "pt-BR": "O endereço não respeita If-None-Match em {object}: duas máquinas poderiam sobrescrever um documento.",
        "en": "The endpoint ignores If-None-Match on {object}: two machines could overwrite a document.",
    },
    "s3_encrypted": {
        "pt-BR": "O que se grava é cifrado com {how}.",
        "en": "What is written is encrypted with {how}.",
    },
    "s3_encrypted_otherwise": {
        "pt-BR": "O que se grava está cifrado com {found}, e não com {wanted}; veja NUBANK_KMS_KEY e o bucket.",
        "en": "What is written is encrypted with {found}, not with {wanted}; see NUBANK_KMS_KEY and the bucket.",
    },
    "s3_deleted": {
        "pt-BR": "Pode-se apagar ali, como `nubank forget` precisa.",
        "en": "It can be deleted from, as `nubank forget` needs.",
    },
    "s3_not_deleted": {
        "pt-BR": "{object} continua lá depois de apagado; dê s3:DeleteObject a estas credenciais.",
        "en": "{object} is still there after it was deleted; give these credentials s3:DeleteObject.",
    },
    "s3_versions": {
        "pt-BR": "O bucket {bucket} guarda as versões anteriores.",
        "en": "The bucket {bucket} keeps earlier versions.",
    },
    "s3_no_versions": {
        "pt-BR": "O bucket {bucket} não guarda versões; ligue-as com `aws s3api put-bucket-versioning --bucket {bucket} "
        "--versioning-configuration Status=Enabled`.",
        "en": "The bucket {bucket} keeps no versions; turn them on by `aws s3api put-bucket-versioning --bucket {bucket} "
        "--versioning-configuration Status=Enabled`.",
    },
    "s3_closed": {
        "pt-BR": "O bucket {bucket} recusa acesso público.",
        "en": "The bucket {bucket} refuses public access.",
    },
    "s3_open": {
        "pt-BR": "O bucket {bucket} não bloqueia acesso público; bloqueie-o com `aws s3api put-public-access-block "
        "--bucket {bucket} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,"
        "BlockPublicPolicy=true,RestrictPublicBuckets=true`.",
        "en": "The bucket {bucket} does not block public access; block it by `aws s3api put-public-access-block "
        "--bucket {bucket} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,"
        "BlockPublicPolicy=true,RestrictPublicBuckets=true`.",
    },
}
