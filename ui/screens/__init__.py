"""One module per screen. A screen asks queries and runs commands; where to go next it tells the desk."""
