"""The texts of the findings table: its columns, its rows and its group headings."""
