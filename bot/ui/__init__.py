"""Everything a person sees: words, cards, buttons, forms."""
