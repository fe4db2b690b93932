"""The texts of the filter language: its sheet, its suggestions and its errors."""
