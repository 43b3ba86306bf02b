"""The protocol: features and commands, corrections, capabilities, progress, showing."""
