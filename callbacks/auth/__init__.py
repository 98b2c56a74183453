"""Authentication and authorisation: local access, an OpenID Connect provider, or none."""
