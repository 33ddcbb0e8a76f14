"""Four questions that let a customer find his need himself (situation, problem, implication, need-payoff), and what he answered."""
