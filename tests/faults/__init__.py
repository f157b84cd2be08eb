"""What goes wrong in earnest, done to real processes: nothing that was acknowledged is lost."""
