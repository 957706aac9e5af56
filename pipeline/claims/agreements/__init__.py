"""Agreement claims: instruments, their parties and where they stand."""
