"""The sentences about AWS, in both languages. ``messages.py`` picks one and fills it."""

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
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
}
