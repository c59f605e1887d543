"""What the product is about, without a disk, a screen or a net. Standard library only."""
