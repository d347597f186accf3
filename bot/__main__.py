"""`python -m bot` is `siraba`."""

from bot.cli import main

raise SystemExit(main())
