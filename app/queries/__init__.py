"""What a screen or a page needs to know: one function per question. Nothing here writes."""
