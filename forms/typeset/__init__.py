"""Text set in lines: the shipped fonts, the width of a text, where a line may break."""
