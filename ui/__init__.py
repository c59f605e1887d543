"""The windows. No SQL, no files; of `app` only jobs, commands, queries, session, settings, domain and base."""
