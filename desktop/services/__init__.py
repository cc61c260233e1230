"""Every use case. No Qt: commands and queries in, frozen values out, one transaction each."""
