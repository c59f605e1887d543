"""What every other package stands on: errors, clock, job, files, words. The standard library only."""
