"""The pages: views, forms, paging, and the words for every state and failure."""
