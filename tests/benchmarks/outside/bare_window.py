"""A bare window of Qt, which starts and stalls are measured beside: `python -P bare_window.py`."""

from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    application.exec()
