"""Scans, findings and alerts as pure values and folds, without IO."""
