"""One module a page family; every function is permission, form, one service call, answer."""
