"""How the secrets and accounts of a login are named."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoginNames:
    """The names of a login's secrets and accounts; the one login of most people has no name of its own."""

    login: str | None = None

    @property
    def card(self) -> str:
        """The account of the card."""
        return self._with("card", "-")

    @property
    def account(self) -> str:
        """The account of the account."""
        return self._with("account", "-")

    @property
    def certificate(self) -> str:
        """The secret with the PKCS12."""
        return self._with("nubank_certificate", "_")

    @property
    def refresh_token(self) -> str:
        """The secret with the latest refresh token."""
        return self._with("nubank_refresh_token", "_")

    @property
    def cpf(self) -> str:
        """The secret with the CPF; `nubank login` never writes it."""
        return self._with("nubank_cpf", "_")

    @property
    def password(self) -> str:
        """The secret with the password; `nubank login` never writes it."""
        return self._with("nubank_password", "_")

    @property
    def command(self) -> str:
        """The command that renews the login."""
        return f"nubank login --name {self.login}" if self.login else "nubank login"

    def _with(self, name: str, separator: str) -> str:
        return f"{name}{separator}{self.login}" if self.login else name
