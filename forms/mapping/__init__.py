"""A form in the columns of a finance system, and back: which blank goes where, and what the system refuses."""
