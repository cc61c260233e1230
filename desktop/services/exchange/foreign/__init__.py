"""Files of any firm's shape: read apart from this process, their columns matched to ours, tried out, remembered."""
