"""Write the expectations of the golden pairs again: ``python -m nubank_assets_tests.sources.regenerate``.

Read the difference line by line before committing it: it is the reader's opinion, not the truth.
"""

from nubank_assets_tests.sources.golden import DOCUMENTS, actual, write

if __name__ == "__main__":
    for document in DOCUMENTS:
        write(document, actual(document))
        print(document.name)
