"""Untested. Runs first in the program without a console, whose standard streams are None.

A library that writes a warning would stop the program otherwise. Where another program reads the
streams, as this one does with its server, they are kept.
"""

import os
import sys

for _name, _mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
    if getattr(sys, _name) is None:
        setattr(sys, _name, open(os.devnull, _mode, encoding="utf-8"))  # noqa: SIM115 - until the end
