"""What a scan, a finding and an alert are: pure values and folds, no IO."""
