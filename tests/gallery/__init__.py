"""Every kind of picture in its hardest cases, drawn into docs/gallery: `make gallery`."""
