"""Who is looking, and what they may do: this machine, an OpenID provider, or nobody."""
