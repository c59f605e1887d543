"""Between the core and Qt: jobs in threads, the bell as a signal, records as last read, pictures and map tiles."""
