"""Trains, evaluates, exports and publishes the model that ``whereas.recognition`` serves; never imported by the product."""
