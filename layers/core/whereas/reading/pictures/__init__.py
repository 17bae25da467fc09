"""Pictures of pages: scans, faxes, photographs."""
