"""Charts of reports, painted by us: the same strokes on the screen, in a picture, in a PDF and on paper."""
