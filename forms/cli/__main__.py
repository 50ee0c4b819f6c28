"""`python -m forms.cli`: the command line without an installed script."""

import sys

from forms.cli.main import main

sys.exit(main())
