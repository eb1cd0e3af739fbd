"""How the installation speaks with its database: who reads, who writes, what happens when writing is impossible."""
