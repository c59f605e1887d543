"""The parts of the plan: about the walk, route and stops, participants, who answers, checklist."""
