"""How time, memory and bytes grow with the lines: thousands to a hundred million, on each engine.

`python -m benchmarks.scale` measures and keeps what it found in ``results.json``; ``docs/scaling.md`` shows it.
"""
