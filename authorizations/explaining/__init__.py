"""What a mandate grants, one's own rights, and why a right is missing, told to people."""
