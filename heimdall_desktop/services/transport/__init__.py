"""HTTP clients, TLS and the bytes of event streams; the only importer of httpx."""
