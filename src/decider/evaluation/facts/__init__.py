"""The facts of a request as one typed model; nothing reads the message after it."""
