"""Files and folders that are brought in together: which of them are read, what comes in, and the one report of it.

The path is folders (what is there) -> reading (the forms of each file) -> taking (into the library, file by file) ->
report (as values), which is told as text, JSON or a workbook.
"""
