"""What can be done, one function an act; every face calls these."""
