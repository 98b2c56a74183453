"""The dossier: all that is known of one municipality, on two sheets of paper."""
