"""The page of visits: who lags, whom one goes to see, in which order and when, and lists that are kept."""
