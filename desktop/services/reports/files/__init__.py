"""Reports as files: workbooks, CSV, and all visits as a plain list.

Every file shows the frames of one `Report`; nothing is computed here but what a spreadsheet program sums by itself.
Text stays text whatever it begins with, and columns that name private data stay out unless they are asked for.
"""
