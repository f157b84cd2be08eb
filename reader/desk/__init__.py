"""The frame of the desk: Django's admin as a site of our own. Its pages are in `reader.admin`."""
