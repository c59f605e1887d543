"""Writing a walk for other programs. What is written here is read back by `app.places`, and a test ties the two."""
