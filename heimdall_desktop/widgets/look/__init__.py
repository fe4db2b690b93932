"""The appearance: colours, fonts, icons, and the tools for painting."""
