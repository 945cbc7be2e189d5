"""How many examples Hypothesis tries: `pytest --hypothesis-profile=thorough` tries ten times as many."""

from hypothesis import settings

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("quick")
