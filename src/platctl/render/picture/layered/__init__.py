"""Layered drawing of a directed graph (Sugiyama): rows, an order with few crossings, places, routes."""
