"""From a Grid to pages: page breaks, repeated headings and marks at given places."""
