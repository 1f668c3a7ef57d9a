"""The checks of the gate, a module each."""
