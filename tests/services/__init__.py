"""What people can do, on both databases; `town` plants the groups they do it in."""
