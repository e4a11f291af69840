"""`python -m glasshouse` is the command line."""

from glasshouse.cli.main import run

run()
