"""Records and plans in files: workbooks and CSV in, workbooks, CSV and JSON out."""
