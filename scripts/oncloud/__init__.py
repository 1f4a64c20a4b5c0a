"""The parts of restore-on-cloud.py: the system under test, the cloud as the stock client shows it, and the scenarios."""
