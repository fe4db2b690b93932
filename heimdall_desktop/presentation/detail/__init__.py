"""What the detail of a finding says."""
