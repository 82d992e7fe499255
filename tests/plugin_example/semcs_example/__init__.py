"""A mask module and looks for semcs, as another package offers them."""
