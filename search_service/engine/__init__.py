"""The shared kernel: the model, the port, and the adapters behind it."""
