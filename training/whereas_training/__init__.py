"""Data, training, evaluation, export and publication of the model."""
