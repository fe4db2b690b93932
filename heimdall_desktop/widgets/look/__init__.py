"""How everything looks: colours, fonts, icons, and what every painted thing draws with."""
