"""A made-up household's Nubank account: export files in the real formats, and the truth about them.

`generator.write_demo` is the way in. The household lives in `card_habits`, `card_episodes` and
`account_habits`; `bills`, `balance` and `exports` do what the bank and the app do with its life; `truth` is
kept by the generator's own bookkeeping, so it can prove the platform: nothing here imports a reader, a
cleaning or a categorisation.
"""
