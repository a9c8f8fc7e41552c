"""How well the gate tells weakened enforcement from the rest: public changes labelled by hand, and its score."""
