"""Drawing what grid and pages decided: PDF, workbook, text."""
