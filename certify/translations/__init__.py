"""Every sentence for people in Spanish, French and Portuguese; English is in the code."""
