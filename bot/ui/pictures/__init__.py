"""Pictures of a board and of one's own page: SVG from facts, PNG in a process of its own."""
