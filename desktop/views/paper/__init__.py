"""What is printed: drawn without a window, in the language of whoever reads the paper."""
