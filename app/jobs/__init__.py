"""Long work, one generator each: import, sync, make the protocol. They yield `Step` between transactions."""
