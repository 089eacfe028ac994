"""Printing a sheet, one module for each format: text, linear text, Markdown, HTML, CSV; and a chart as SVG."""
