"""Sphinx settings of the manual; packaging/manual.py copies them beside the pages it prepares."""

from heimdall_desktop import __version__

project = "Heimdall Desktop"
version = release = __version__
extensions = ["myst_parser"]
root_doc = "index"
nitpicky = True

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"Heimdall Desktop {version}"
html_logo = html_favicon = "app-icon.svg"
html_static_path = ["static"]
html_css_files = ["manual.css"]
html_copy_source = html_show_sphinx = html_show_copyright = False
html_show_search_summary = False  # would load pages, which browsers refuse for opened files
html_theme_options = {"top_of_page_buttons": []}
