"""What happens by itself, on both databases: a frozen clock, and a Discord made by hand."""
