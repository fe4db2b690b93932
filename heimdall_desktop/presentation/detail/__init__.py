"""The texts of a finding's detail."""
