"""What every slice stands on: database, errors, policy, audit, events, jobs, notices, files, language, time, web."""
