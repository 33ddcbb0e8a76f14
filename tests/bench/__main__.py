"""`bin/bench` runs all; `bin/bench pages`, `phone`, `search`, `opening`, `pack`, `import`, `saving`, `sync` a part;
`--quick` asks less often, `--many` carries 5,000 customers, too."""

import sys

from tests.bench import importing, opening, pack, pages, phone, saving, search, sync

if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv):
        sys.exit(__doc__)
    asked = [word for word in sys.argv[1:] if not word.startswith("-")]
    if not asked or "pages" in asked:
        pages.run(quick="--quick" in sys.argv)
    if not asked or "phone" in asked:
        phone.run()
    if not asked or "search" in asked:
        search.run()
    if not asked or "opening" in asked:
        opening.run()
    if not asked or "pack" in asked:
        pack.run(many="--many" in sys.argv)
    if not asked or "import" in asked:
        importing.run()
    if not asked or "saving" in asked:
        saving.run()
    if not asked or "sync" in asked:
        sync.run(1 if "--quick" in sys.argv else 3)
