"""The board of watched scans."""
