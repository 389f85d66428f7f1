"""Evaluate: coded claims held against a user's own gold. What is public of it.

>>> from dateline.evaluation import evaluate
>>> found = evaluate("reports.jsonl", "gold.jsonl")            # doctest: +SKIP
>>> found.figures.rates["claim found"].f                       # doctest: +SKIP
"""

from dateline.evaluation.evaluating import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
