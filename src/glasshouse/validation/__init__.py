"""Why believe it: exact theory, others' models and the world's own figures beside what Glasshouse gets."""
