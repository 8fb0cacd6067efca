"""The system user for servers that refuse to run as root."""

import os
import pwd
import shutil
from collections.abc import Sequence
from pathlib import Path

from aiff_local.engines.base import EngineUnavailableError, run

_USER = "aiff-engines"


def plain_user_command(command: Sequence[str]) -> list[str]:
    """Return the command as it is, or, for root, run as the system user."""
    if os.geteuid() != 0:
        return list(command)
    account = _account()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EngineUnavailableError("setpriv is needed to start this server as root")
    ids = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
    return [setpriv, *ids, "--", *command]


def give_to_plain_user(folder: Path) -> None:
    """Make the folder and all in it the system user's, where root runs this."""
    if os.geteuid() != 0:
        return
    account = _account()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_USER)
    except KeyError:
        options = ("--system", "--no-create-home", "--user-group", "--shell", "/usr/sbin/nologin")
        run(("useradd", *options, _USER), f"the system user {_USER} could not be made")
        return pwd.getpwnam(_USER)
