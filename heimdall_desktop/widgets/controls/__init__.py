"""The controls that all parts of the window use: buttons, fields, texts, strips, frames."""
