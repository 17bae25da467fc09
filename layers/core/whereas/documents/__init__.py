"""Identity, sniffing and state of documents."""
