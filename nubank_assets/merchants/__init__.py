"""Who a merchant is and which category that means: names tidied, knowledge as data, memory, and the decision.

Plain Python over distinct names, without an engine and without I/O but of the package's own data.
"""
