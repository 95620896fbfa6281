"""What a person opens: the worksheets of the platform, declared once, and the workbook that holds them.

What is in a table is decided before; here it is only chosen, put in words and drawn.
"""
