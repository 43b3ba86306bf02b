"""What code of a workspace has to do with: found by the rules of its language in the symbol index."""
