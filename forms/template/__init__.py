"""Templates: data that looks like the form, read from YAML (语法 1) into frozen records."""
