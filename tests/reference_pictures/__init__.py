"""Every scene of the gallery as it looked when its pictures were last written, in both themes."""
