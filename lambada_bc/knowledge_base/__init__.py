"""A knowledge base: English sentences with ids and sources, read once, searched often."""

from lambada_bc.knowledge_base.knowledge_base import KnowledgeBase

__all__ = ["KnowledgeBase"]
