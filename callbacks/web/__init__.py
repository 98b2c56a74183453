"""What every answer shares: immutable addresses, compression, scripts and styles, warming up."""
