"""What the contract says of itself: title, dates, term, renewal, notice, governing law."""
