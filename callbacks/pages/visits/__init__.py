"""Page of visits: ranking of laggards, visit list with route and dates, and saved lists."""
