"""Made-up lists of made-up firms, to measure how lists are linked."""
