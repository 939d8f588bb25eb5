"""What every feature stands on: settings, database, unit of work, actor, errors, ports, jobs, languages."""
