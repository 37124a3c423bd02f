"""What a sentence says, and how sentences relate: the modules and what implements them."""
