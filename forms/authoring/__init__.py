"""Templates made by the people who use them: as a workbook, proposed from a blank form, read back and checked."""
