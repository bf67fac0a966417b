"""The census (普查): a round's questionnaire as data, a form for each firm in scope, and what comes of it."""
