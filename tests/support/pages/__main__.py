"""Write the pages into a folder."""

import sys
from pathlib import Path

from tests.support.pages import write_pages

if __name__ == "__main__":
    print(f"{write_pages(Path(sys.argv[1]))} pages")
