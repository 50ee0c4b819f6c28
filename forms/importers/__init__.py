"""Reading the forms of last year: docx, xlsx and text into sources, sources into filings."""
