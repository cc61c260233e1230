"""What managers read: capacity, cost, service, what one more is worth, what is to come.

Every report is built once, as pandas frames (`report.Report`); window, workbook, CSV, PDF and picture show these same
frames. `scope` says of what a report tells, `facts` reads the records, `vocabulary` has the words of every figure in
three languages and what each figure means.
"""
