"""The gate: whether a change to the policies may go through, and what to do where it may not."""
