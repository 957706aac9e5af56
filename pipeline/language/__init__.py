"""Marks in a text: names, quantities and dates, each finder usable alone on any string."""
