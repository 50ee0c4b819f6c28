"""How the example files are made: a drawing of rows and cells, and a writer for each kind of file."""
