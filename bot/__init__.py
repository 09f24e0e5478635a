"""Turn-taking and faces."""
