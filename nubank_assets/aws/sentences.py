"""The sentences about AWS, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

from nubank_assets.aws.athena_sentences import ATHENA_MESSAGES

MESSAGES: Final[dict[str, dict[str, str]]] = {
    **ATHENA_MESSAGES,
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
}
