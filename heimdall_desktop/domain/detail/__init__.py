"""One finding in full: its texts, its flow, its patches, its history."""
