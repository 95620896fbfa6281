"""A notification on the screen, by what the system has. Words are passed as data, never as part of a program."""

import html
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from nubank_assets.messages import message
from nubank_assets.notifications.events import Notice, UndeliveredError
from nubank_assets.notifications.rendering import one_line

_TIMEOUT: Final = 15.0
_LONGEST_BODY: Final = 240
_APPLESCRIPT: Final = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
#: The words come in environment variables, and are put into the toast as text nodes.
_POWERSHELL: Final = """\
$ErrorActionPreference = 'Stop'
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$template = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $template.GetElementsByTagName('text')
$null = $texts.Item(0).AppendChild($template.CreateTextNode($env:NUBANK_NOTICE_TITLE))
$null = $texts.Item(1).AppendChild($template.CreateTextNode($env:NUBANK_NOTICE_BODY))
$kind = [Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications, ContentType = WindowsRuntime]
$toast = $kind::new($template)
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$manager::CreateToastNotifier($app).Show($toast)
"""


@dataclass(frozen=True)
class _Call:
    """A program with its arguments, and what it is given in its environment."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def show_on_desktop(notice: Notice, platform: str = sys.platform) -> None:
    """Show the subject and the first paragraph; raises UndeliveredError."""
    call = call_for(platform, notice.subject, one_line(notice.text.split("\n\n")[0], _LONGEST_BODY))
    program = call.command[0]
    if shutil.which(program) is None:
        raise UndeliveredError(message("notice_desktop_missing", program=program))
    try:
        done = subprocess.run(
            call.command,
            env={**os.environ, **call.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UndeliveredError(message("notice_desktop_failed", program=program, error=type(error).__name__)) from None
    if done.returncode:
        reason = one_line(done.stderr.decode("utf-8", "replace")) or str(done.returncode)
        raise UndeliveredError(message("notice_desktop_failed", program=program, error=reason))


def call_for(platform: str, title: str, body: str) -> _Call:
    """What shows a notification on this platform."""
    if platform == "darwin":
        script = [part for line in _APPLESCRIPT for part in ("-e", line)]
        return _Call(["osascript", *script, title, body])
    if platform == "win32":
        environment = {"NUBANK_NOTICE_TITLE": title, "NUBANK_NOTICE_BODY": body}
        return _Call(["powershell", "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL], environment)
    # Desktops take the body for markup.
    return _Call(["notify-send", "--app-name=Nubank", "--", title, html.escape(body, quote=False)])
