"""`python -m nubank_assets` is `nubank`."""

from nubank_assets.cli.main import main

if __name__ == "__main__":
    main()
