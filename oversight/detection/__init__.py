"""Finds acts that stand out from an organisation's own habits. It ranks and explains, it judges
nothing: what stands out is looked at by a supervisor."""
