"""How enforcement changed between two trees: ledgers of test units and measures, compared over the whole change."""
