"""The command line: what every service has."""

from aiff_kit.service import command_line
from aiff_portal.main.service import SERVICE

cli = command_line(SERVICE)
