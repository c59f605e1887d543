"""What screens are made of. A widget knows how it looks and what was pressed, never what is written."""
