"""The demonstration: invented people and companies, their story, and two tools; absent outside demonstration mode."""
