"""Applications: what a company answers and shows, how it is signed off and frozen, and where its case stands."""
