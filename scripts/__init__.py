"""Making training data, training the compact modules, packing their weights."""
