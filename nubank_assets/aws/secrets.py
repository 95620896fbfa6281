"""Secrets in Secrets Manager, by the names of the platform's secrets after a prefix (``nubank/pluggy_client_id``).

A secret of its own costs US$ 0.40 a month, so texts may also stand together in one, ``nubank/all``: a JSON object with
their names. A secret of its own counts before it. Values are kept by the object that read them and nowhere else: one
object serves one run, so that a rotated secret is picked up by the next one. Neither its text nor its pickle holds a
value, and no failure repeats one.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.exceptions import ClientError

from nubank_assets.aws.clients import AwsMissingError, aws_failures, client, code_of
from nubank_assets.domain.failures import PermanentError
from nubank_assets.messages import message

#: The secret that holds others.
ALL: Final = "all"
_SERVICE: Final = "secretsmanager"
_KEPT_BY: Final = [{"Key": "application", "Value": "nubank_assets"}]


class SecretsManagerCredentials:
    """The secrets whose names begin with `prefix`; a value is asked for once."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._values: dict[str, bytes | None] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._prefix!r})"

    def __reduce__(self) -> tuple[Callable[[str], "SecretsManagerCredentials"], tuple[str]]:
        """Another process asks for itself."""
        return type(self), (self._prefix,)

    def get(self, name: str) -> bytes | None:
        """The secret, text without white space at its ends, or None if there is none."""
        if name not in self._values:
            own = self._read(name)
            self._values[name] = self._together().get(name) if own is None else own
        return self._values[name]

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret: a new version of one that exists, else among those that stand together, else a new one."""
        try:
            self._replace(name, secret)
        except AwsMissingError:
            if not self._add(name, secret):
                self._create(name, secret)
        self._values[name] = secret

    def names(self) -> list[str]:
        """The names of the secrets that exist, without the prefix, in order."""
        filters = [{"Key": "name", "Values": [self._prefix]}] if self._prefix else []
        with aws_failures(f"{_SERVICE}:ListSecrets", "*"):
            pages = client(_SERVICE).get_paginator("list_secrets").paginate(Filters=filters)
            found = [secret["Name"] for page in pages for secret in page["SecretList"]]
        # The filter takes names of any capitals.
        names = {name.removeprefix(self._prefix) for name in found if name.startswith(self._prefix)}
        return sorted(names - {ALL} | (self._together().keys() if ALL in names else set()))

    def explain_missing(self, name: str) -> str:
        """The sentence for a secret that is needed and does not exist."""
        return message("secrets_missing", secret=self._prefix + name)

    def _together(self) -> dict[str, bytes]:
        """The secrets that stand together, asked for once; none if there is no such secret."""
        if ALL not in self._values:
            self._values[ALL] = self._read(ALL)
        return {name: text.encode() for name, text in self._parse(self._values[ALL]).items()}

    def _parse(self, content: bytes | None) -> dict[str, str]:
        try:
            found = json.loads(content or "{}")
        except ValueError:
            found = None
        if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
            # Whatever it is, it may be a secret: it is not repeated.
            raise PermanentError(message("secrets_all_wrong", secret=self._prefix + ALL))
        return {name: text.strip() for name, text in found.items()}

    def _add(self, name: str, secret: bytes) -> bool:
        """Put a text among those that stand together, as they are now; False if there is no such secret."""
        content = self._read(ALL)
        try:
            text = secret.decode()
        except UnicodeDecodeError:
            return False
        if content is None:
            return False
        content = json.dumps({**self._parse(content), name: text}).encode()
        self._replace(ALL, content)
        self._values[ALL] = content
        return True

    def _read(self, name: str) -> bytes | None:
        try:
            with self._failures("GetSecretValue", name):
                answer: dict[str, Any] = client(_SERVICE).get_secret_value(SecretId=self._prefix + name)
        except AwsMissingError:
            return None
        text: str | None = answer.get("SecretString")
        return bytes(answer["SecretBinary"]) if text is None else text.strip().encode()

    def _replace(self, name: str, secret: bytes) -> None:
        with self._failures("PutSecretValue", name):
            client(_SERVICE).put_secret_value(SecretId=self._prefix + name, SecretBinary=secret)

    def _create(self, name: str, secret: bytes) -> None:
        with self._failures("CreateSecret", name):
            try:
                client(_SERVICE).create_secret(Name=self._prefix + name, SecretBinary=secret, Tags=_KEPT_BY)
            except ClientError as error:
                if code_of(error) != "ResourceExistsException":
                    raise
                # Somebody else made it meanwhile.
                self._replace(name, secret)

    @contextmanager
    def _failures(self, action: str, name: str) -> Iterator[None]:
        """As the platform's failures, with the pattern of ARNs that a policy must allow."""
        secret = self._prefix + name
        with aws_failures(f"{_SERVICE}:{action}", f"{secret} ({self._pattern()})"):
            try:
                yield
            except ClientError as error:
                text = str(error.response.get("Error", {}).get("Message", ""))
                if code_of(error) == "InvalidRequestException" and "delet" in text.lower():
                    raise PermanentError(message("secrets_deleted", secret=secret)) from None
                if code_of(error) in {"DecryptionFailure", "EncryptionFailure"} or "KMS" in text:
                    raise PermanentError(message("secrets_kms", secret=secret)) from None
                raise

    def _pattern(self) -> str:
        region = client(_SERVICE).meta.region_name
        return f"arn:{_partition(region)}:{_SERVICE}:{region}:*:secret:{self._prefix}*"


def _partition(region: str) -> str:
    """The first word after `arn:` of what lies in a region."""
    return next(
        (name for start, name in (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov")) if region.startswith(start)), "aws"
    )
