"""The form in the middle of the window: drawn from the template's own drawing, an editor in each blank."""
