"""The page of publications: the list, drafts, and their forms and downloads."""
