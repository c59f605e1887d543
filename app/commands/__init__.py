"""What a person can do: one function per intention, one transaction each, with what the person was shown."""
