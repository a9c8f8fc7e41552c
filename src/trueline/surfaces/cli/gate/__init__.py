"""What the gate says, in the form that each reader takes: people, programs, forges."""
