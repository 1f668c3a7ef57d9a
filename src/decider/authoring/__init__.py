"""For policy authors: the gate, mutation testing, the reference, golden cases, and new policies."""
