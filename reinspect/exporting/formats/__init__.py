"""Print a page, one module for each format: text, text for screen readers, Markdown, HTML, CSV; and a chart as SVG."""
