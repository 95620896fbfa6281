"""The two kinds of failure, and the ones a person can mend.

`PermanentError`: trying again cannot help; the input, a setting or the data must change. `RetryableError`:
the same call may pass later. Dagster's own retries and tenacity are told to retry only the second.
"""


class PermanentError(Exception):
    """Cannot pass by trying again; the message says what and where, and what to do."""


class RetryableError(Exception):
    """May pass later: a busy service, a lost connection."""


class InputError(PermanentError):
    """What a person gave (a file, a setting, an argument) is wrong; exit code 2."""


class LockedError(PermanentError):
    """Another process is working on the same home."""


class SourceRefusedError(PermanentError):
    """A source refuses these credentials or this person; the message says what to do instead."""


class SourceAnswerError(PermanentError):
    """A source answered something that cannot be understood, or less than it did before."""


class SourceUnavailableError(RetryableError):
    """A source did not answer in time, was busy, or broke down, as often as it was asked."""
