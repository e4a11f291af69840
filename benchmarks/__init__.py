"""The benchmark: a small stated reference model in the engine, in C and in NumPy. Not part of the package."""
