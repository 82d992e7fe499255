"""What long work from file to file shares: locks, hashes of what it is made from, processes."""
