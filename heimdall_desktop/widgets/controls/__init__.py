"""What all parts of the window are made of: buttons, fields, texts, strips, frames."""
