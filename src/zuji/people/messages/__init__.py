"""Notices to people, and how they are delivered to what people and organisations use."""
